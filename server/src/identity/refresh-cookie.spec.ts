import { newSecret } from './bearer.js';
import { clearRefreshCookie, readRefreshCookie, successorOf, writeRefreshCookie } from './refresh-cookie.js';

const SESSION = '01KATN8VJ40000000000000000';
const secret = newSecret();

test('the cookie comes back as it was written', () => {
  const header = writeRefreshCookie({ session: SESSION, secret }, 60, true);
  expect(header).toBe(`__Host-verbena=${SESSION}.${secret}; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict`);
  const sent = `theme=dark; ${header.split(';')[0]}; other=1`;
  expect(readRefreshCookie(sent, true)).toEqual({ session: SESSION, secret });
});

test('on plain http the cookie has neither Secure nor __Host-, and the two are not taken for one another', () => {
  const header = writeRefreshCookie({ session: SESSION, secret }, 60, false);
  expect(header).toBe(`verbena=${SESSION}.${secret}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict`);
  expect(readRefreshCookie(header, false)).not.toBeNull();
  expect(readRefreshCookie(header, true)).toBeNull();
});

test('log out takes it away', () => {
  expect(clearRefreshCookie(true)).toBe('__Host-verbena=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict');
});

test.each([
  undefined,
  '',
  '__Host-verbena',
  '__Host-verbena=',
  `__Host-verbena=${SESSION}`,
  `__Host-verbena=${SESSION}.short`,
  `__Host-verbena=${SESSION}.${'a'.repeat(44)}`,
  `x__Host-verbena=${SESSION}.${'a'.repeat(43)}`,
  `__Host-verbena=../../etc.${'a'.repeat(43)}`,
])('what is no refresh cookie is none: %p', (header) => {
  expect(readRefreshCookie(header, true)).toBeNull();
});

test('the next secret follows from secret and salt together, and from neither alone', () => {
  const salt = newSecret();
  expect(successorOf(secret, salt)).toBe(successorOf(secret, salt));
  expect(successorOf(secret, salt)).toHaveLength(43);
  expect(successorOf(secret, newSecret())).not.toBe(successorOf(secret, salt));
  expect(successorOf(newSecret(), salt)).not.toBe(successorOf(secret, salt));
});
