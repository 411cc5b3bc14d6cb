import { isFromOwnOrigin } from './own-origin.js';

const PUBLIC = new URL('https://club.example');
const own = { host: 'club.example', origin: 'https://club.example' };

test('our own page may, with and without the newer header', () => {
  expect(isFromOwnOrigin(own, PUBLIC)).toBe(true);
  expect(isFromOwnOrigin({ ...own, 'sec-fetch-site': 'same-origin' }, PUBLIC)).toBe(true);
  expect(isFromOwnOrigin({ host: 'localhost:3000', origin: 'http://localhost:3000' }, null)).toBe(true);
});

test('a proxy that rewrites Host does not lock our own page out', () => {
  const headers = { host: '127.0.0.1:3000', origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' };
  expect(isFromOwnOrigin(headers, null)).toBe(true);
});

test('a caller that is no browser may', () => {
  expect(isFromOwnOrigin({ host: 'club.example' }, PUBLIC)).toBe(true);
});

test.each([
  { ...own, 'sec-fetch-site': 'cross-site' },
  { ...own, 'sec-fetch-site': 'same-site' },
  { ...own, 'sec-fetch-site': 'none' },
  { host: 'club.example', origin: 'https://evil.example' },
  { host: 'club.example', origin: 'https://sub.club.example' },
  { host: 'club.example', origin: 'null' },
  { host: 'club.example', origin: 'https://club.example.evil.example' },
  { host: 'club.example', origin: 'https://club.example:8443' },
])('another site may not: %p', (headers) => {
  expect(isFromOwnOrigin(headers, PUBLIC)).toBe(false);
});
