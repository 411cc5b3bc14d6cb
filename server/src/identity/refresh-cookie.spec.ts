import { newSecret } from './bearer.js';
import { clearRefreshCookie, readRefreshCookie, RefreshSecrets, writeRefreshCookie } from './refresh-cookie.js';

const SESSION = '01KATN8VJ40000000000000000';
const secret = newSecret();
const secrets = new RefreshSecrets('the key of an installation');

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
  const next = (one: string, by: string) => secrets.successorOf({ session: SESSION, secret: one }, by);
  expect(next(secret, salt)).toBe(next(secret, salt));
  expect(next(secret, salt)).toHaveLength(43);
  expect(next(secret, newSecret())).not.toBe(next(secret, salt));
  expect(next(newSecret(), salt)).not.toBe(next(secret, salt));
});

test('L13 a session knows every secret that it gave out, and no other', () => {
  const first = secrets.newest(SESSION);
  const second = secrets.successorOf({ session: SESSION, secret: first }, newSecret());
  const other = SESSION.replace('4', '5');
  expect([first, second].map((one) => secrets.isOwn({ session: SESSION, secret: one }))).toEqual([true, true]);
  expect(secrets.isOwn({ session: other, secret: first })).toBe(false);
  expect(new RefreshSecrets('another key').isOwn({ session: SESSION, secret: first })).toBe(false);
  for (const made of [newSecret(), 'A'.repeat(43), `${first.slice(0, -4)}AAAA`])
    expect(secrets.isOwn({ session: SESSION, secret: made })).toBe(false);
});
