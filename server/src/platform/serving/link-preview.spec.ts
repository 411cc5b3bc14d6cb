import { contentPolicyOf } from './content-policy.js';
import { withPreview } from './link-preview.js';

const PAGE =
  '<!doctype html><html lang="es"><head><title>Verbena</title></head><body><script>go()</script></body></html>';
const ADDRESS = new URL('https://plaza.example/plaza/i/KG3SCYZFZZ');

test('#5 title, description and the tags of previews, with whole addresses', () => {
  const html = withPreview(PAGE, { language: 'en', title: 'Lucía H. invites you', description: 'Join' }, ADDRESS);
  expect(html).toContain('<html lang="en"');
  expect(html).toContain('<title>Lucía H. invites you</title>');
  expect(html).toContain('<meta name="description" content="Join" />');
  expect(html).toContain('<meta property="og:title" content="Lucía H. invites you" />');
  expect(html).toContain('<meta property="og:url" content="https://plaza.example/plaza/i/KG3SCYZFZZ" />');
  expect(html).toContain('<meta property="og:image" content="https://plaza.example/icons/icon-512.png" />');
  expect(html).toContain('<meta name="twitter:card" content="summary" />');
});

test('#5 a name is text: no sign of it ends a tag, or means something to the replacement', () => {
  const title = '"><script>alert(1)</script>$&$\'';
  const html = withPreview(PAGE, { language: 'es', title, description: title }, ADDRESS);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).toContain('<title>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;$&amp;$&#39;</title>');
  expect(contentPolicyOf(html)).toBe(contentPolicyOf(PAGE));
});
