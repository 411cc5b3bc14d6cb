import { secretHash } from '#platform/crypto/hash.js';
import { formerRecoveryHash, newRecoveryCodes, newTotpSecret, recoveryHash, totpStepOf, totpUri } from './totp.js';

/** The secret and moments of RFC 6238, appendix B; its eight digits end in these six. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const RFC = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const;

test.each(RFC)('the code of RFC 6238 at %d s', (seconds, code) => {
  expect(totpStepOf(RFC_SECRET, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
});

test('a code is good half a minute earlier and later, and no longer; its step stays its own', () => {
  const [seconds, code] = RFC[3];
  const step = Math.floor(seconds / 30);
  for (const offset of [-30, 0, 30]) expect(totpStepOf(RFC_SECRET, code, (seconds + offset) * 1_000)).toBe(step);
  for (const offset of [-61, 61, 90]) expect(totpStepOf(RFC_SECRET, code, (seconds + offset) * 1_000)).toBeNull();
});

test('spaces are read over; what is no code is none', () => {
  const [seconds, code] = RFC[0];
  expect(totpStepOf(RFC_SECRET, ` ${code.slice(0, 3)} ${code.slice(3)}`, seconds * 1_000)).toBe(1);
  for (const text of ['', '28708', '2870822', '28708a', '-287082x']) {
    expect(totpStepOf(RFC_SECRET, text, seconds * 1_000)).toBeNull();
  }
});

test('secrets have 160 bits and an address that apps read', () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(secret);
  const uri = new URL(totpUri(secret, 'ana@example.com'));
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/Verbena:ana@example.com',
  ]);
  expect(uri.searchParams.get('secret')).toBe(secret);
  expect(uri.searchParams.get('issuer')).toBe('Verbena');
});

test('recovery codes are eight, unlike, and the same however they are typed; each login has its own', async () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(8);
  for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
  expect(await recoveryHash('u', ' A0B1C-D2E3F ')).toBe(await recoveryHash('u', 'aobIcd2e3f'));
  expect(await recoveryHash('u', 'a0b1c-d2e3f')).not.toBe(await recoveryHash('v', 'a0b1c-d2e3f'));
  for (const text of ['123456', 'a0b1c-d2e3', 'a0b1c-d2e3u']) expect(await recoveryHash('u', text)).toBeNull();
});

test('L6 a recovery code is kept by a slow hash; those of before are still known', async () => {
  const startedMs = performance.now();
  const kept = await recoveryHash('u', 'a0b1c-d2e3f');
  expect(performance.now() - startedMs).toBeGreaterThan(5);
  expect(kept).toHaveLength(43);
  expect(kept).not.toBe(formerRecoveryHash('u', 'a0b1c-d2e3f'));
  expect(formerRecoveryHash('u', 'A0B1C D2E3F')).toBe(secretHash('recovery:u:a0b1cd2e3f'));
});
