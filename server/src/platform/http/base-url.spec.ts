import { baseUrlOf } from './base-url.js';

test('where the installation says it is, whatever the request says', () => {
  const publicUrl = new URL('https://club.example/ignored/');
  expect(baseUrlOf({ host: 'evil.example', origin: 'https://evil.example' }, publicUrl, 3000)).toBe(
    'https://club.example',
  );
});

test('on this machine the page that asked, else the address that it asked', () => {
  expect(baseUrlOf({ origin: 'http://localhost:5173', host: '127.0.0.1:3000' }, null, 3000)).toBe(
    'http://localhost:5173',
  );
  expect(baseUrlOf({ host: '127.0.0.1:4001' }, null, 3000)).toBe('http://127.0.0.1:4001');
  expect(baseUrlOf({ host: '[::1]:4001' }, null, 3000)).toBe('http://[::1]:4001');
});

test('T24 a host that somebody made up gets into no link', () => {
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    'localhost@evil.example',
    '127.0.0.1.evil.example',
    'x y',
  ]) {
    expect(baseUrlOf({ host, origin: `http://${host}` }, null, 3000)).toBe('http://localhost:3000');
  }
  expect(baseUrlOf({}, null, 3000)).toBe('http://localhost:3000');
});
