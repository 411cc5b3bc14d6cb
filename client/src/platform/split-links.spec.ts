import { splitLinks } from './split-links.js';

test('addresses of the web can be followed, and nothing else', () => {
  expect(splitLinks('Entra aquí: https://plaza.example/plaza/verify?code=A-1.\nGracias.')).toEqual([
    { text: 'Entra aquí: ', isLink: false },
    { text: 'https://plaza.example/plaza/verify?code=A-1', isLink: true },
    { text: '.\nGracias.', isLink: false },
  ]);
  expect(splitLinks('javascript:alert(1) y ftp://x')).toEqual([
    { text: 'javascript:alert(1) y ftp://x', isLink: false },
  ]);
  expect(splitLinks('http://127.0.0.1:3100/x')).toEqual([{ text: 'http://127.0.0.1:3100/x', isLink: true }]);
});

test('no piece of a text is lost', () => {
  const text = 'a (https://a.example/b) «http://c.example», d';
  expect(
    splitLinks(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
