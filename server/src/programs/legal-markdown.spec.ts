import { renderLegalText } from './legal-markdown.js';

test('#4 headings, lists, tables and links of a text, its headings below that of the page', () => {
  expect(renderLegalText('# Condiciones\n\nUna **cosa**.\n\n1. Uno\n2. Dos')).toBe(
    '<h2>Condiciones</h2>\n<p>Una <strong>cosa</strong>.</p>\n<ol>\n<li>Uno</li>\n<li>Dos</li>\n</ol>\n',
  );
  expect(renderLegalText('## Dos\n##### Cinco')).toBe('<h2>Dos</h2>\n<h4>Cinco</h4>\n');
  expect(renderLegalText('[Agencia](https://www.aepd.es) y https://example.com')).toBe(
    '<p><a href="https://www.aepd.es">Agencia</a> y <a href="https://example.com">https://example.com</a></p>\n',
  );
  expect(renderLegalText('Escribe a hola@plaza.example')).toContain('<a href="mailto:hola@plaza.example">');
  expect(renderLegalText('| A | B |\n|---|---|\n| 1 | 2 |')).toContain('<th>A</th>');
  // A domain alone is no link, and pasted blanks make no program of a paragraph.
  expect(renderLegalText('Visita plaza.es')).toBe('<p>Visita plaza.es</p>\n');
  expect(renderLegalText('Uno\n\n     dos')).not.toContain('<code>');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](java\u0000script:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](data:text/html;base64,PHNjcmlwdD4=)',
  '[a](vbscript:x)',
  '[a](//evil.example/x)',
  '![p](https://evil.example/p.png)',
  '<a href="https://evil.example" onclick="x()">a</a>',
  '[a](https://x.example "t\\" onmouseover=\\"x")',
  '<https://x.example/"onmouseover="x>',
  '[a]: javascript:alert(1)\n\n[a]',
  '`<script>`',
  '```"><script>\nx\n```',
])('#4 nothing that runs comes of %j', (attack) => {
  const html = renderLegalText(attack);
  // Whatever is left of it is text: no tag but those that Markdown makes, no attribute but the address and title of a link.
  const tags = [...html.matchAll(/<([a-z0-9]+)((?:\s+[a-z]+="[^"]*")*)\s*\/?>/gi)];
  expect(html.replaceAll(/<\/?[a-z0-9]+(?:\s+[a-z]+="[^"]*")*\s*\/?>/gi, '')).not.toMatch(/[<>]/);
  for (const [, tag = '', attributes = ''] of tags) {
    expect(['p', 'a', 'code', 'pre', 'h2', 'strong', 'em']).toContain(tag);
    for (const [, name = '', value = ''] of attributes.matchAll(/([a-z]+)="([^"]*)"/gi)) {
      expect(['href', 'title', 'class']).toContain(name);
      if (name === 'href') expect(value).toMatch(/^(?:https:\/\/|mailto:)/);
    }
  }
});
