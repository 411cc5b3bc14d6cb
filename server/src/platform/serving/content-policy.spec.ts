import { createHash } from 'node:crypto';
import { contentPolicyOf, inlineScriptsOf } from './content-policy.js';

const PAGE = `<!doctype html><html><head><script src="/theme.js"></script></head>
<body><script>
  start({ base: '' });
</script><script type="module">import('/x.js')</script></body></html>`;

test('only scripts that stand in the page itself are hashed', () => {
  expect(inlineScriptsOf(PAGE)).toEqual(["\n  start({ base: '' });\n", "import('/x.js')"]);
});

test('the policy holds the hash of each inline script and no unsafe-inline for scripts', () => {
  const policy = contentPolicyOf(PAGE);
  const scripts = policy.split('; ').find((part) => part.startsWith('script-src '));
  const hash = createHash('sha256').update("import('/x.js')").digest('base64');
  expect(scripts).toContain(`'sha256-${hash}'`);
  expect(scripts).not.toContain('unsafe');
  expect(scripts?.match(/sha256-/g)).toHaveLength(2);
});

test('nobody may frame the page', () => {
  expect(contentPolicyOf('')).toContain("frame-ancestors 'none'");
});
