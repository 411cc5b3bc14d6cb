import { htmlOf } from './html-of-text.js';

test('paragraphs stay, one that is an address becomes a link', () => {
  const html = htmlOf('Hola:\n\nhttps://club.example/plaza/verify#code=abc\n\nHasta pronto.\nPlaza', 'es');
  expect(html).toContain('<html lang="es">');
  expect(html).toContain('href="https://club.example/plaza/verify#code=abc"');
  expect(html.match(/<p /g)).toHaveLength(3);
  expect(html).toContain('Hasta pronto.<br>Plaza');
});

test('M4 an address in the name that signs a mail becomes no link', () => {
  expect(htmlOf('Hola:\n\nHasta pronto,\nhttps://x.example/', 'es')).not.toContain('<a ');
});

test('what somebody else wrote stays text', () => {
  const html = htmlOf(
    'Hola, <img src=x onerror=alert(1)> "&\'\n\njavascript:alert(1)\n\nhttps://a.example/"><script>',
    'en',
  );
  expect(html).not.toMatch(/<img|<script/);
  expect(html.match(/<a /g)).toHaveLength(1);
  expect(html).toContain('href="https://a.example/&quot;&gt;&lt;script&gt;"');
});
