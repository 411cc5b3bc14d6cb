import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, type JWTPayload, SignJWT } from 'jose';
import { AccessTokens, TOKEN_SECONDS } from './access-tokens.js';

const NOW_MS = 1_800_000_000_000;
const SECONDS = NOW_MS / 1_000;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const clock = { nowMs: NOW_MS, now: () => clock.nowMs };
const tokens = new AccessTokens(await exportJWK(privateKey), clock);
const claims = { iss: 'verbena', aud: 'verbena/api', sub: 'u', sid: 's', iat: SECONDS, exp: SECONDS + 600 };

async function forge(payload: JWTPayload, header: object = {}, key: KeyObject | Uint8Array = privateKey) {
  return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header }).sign(key);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

beforeEach(() => {
  clock.nowMs = NOW_MS;
});

test('a token of ours names login and session for ten minutes', async () => {
  const { accessToken, expiresAtMs } = await tokens.sign('u', 's');
  expect(expiresAtMs).toBe(NOW_MS + TOKEN_SECONDS * 1_000);
  expect(await tokens.verify(accessToken)).toEqual({ user: 'u', session: 's', expiresAtMs });
});

test('a token holds no roles and nothing personal', async () => {
  const { accessToken } = await tokens.sign('u', 's');
  const body: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
  expect(Object.keys(body as object).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub']);
});

test('the control: what the refused ones are made from is itself accepted', async () => {
  expect(await tokens.verify(await forge(claims))).toMatchObject({ user: 'u' });
});

test('T21 expired', async () => {
  const { accessToken } = await tokens.sign('u', 's');
  clock.nowMs += TOKEN_SECONDS * 1_000 - 1;
  expect(await tokens.verify(accessToken)).toMatchObject({ user: 'u' });
  clock.nowMs += 1;
  expect(await tokens.verify(accessToken)).toBe('expired');
});

test('T21 alg none, with and without a signature', async () => {
  for (const alg of ['none', 'None', 'NONE']) {
    const unsigned = `${encode({ alg, typ: 'at+jwt' })}.${encode(claims)}.`;
    expect(await tokens.verify(unsigned)).toBe('invalid');
    const signature = (await forge(claims)).split('.')[2];
    expect(await tokens.verify(`${unsigned}${signature}`)).toBe('invalid');
  }
});

test('T21 algorithm swapped to HMAC with our public key as its secret', async () => {
  const pem = publicKey.export({ format: 'pem', type: 'spki' });
  const der = publicKey.export({ format: 'der', type: 'spki' });
  for (const secret of [Buffer.from(pem), der, Buffer.from((await exportJWK(publicKey)).x ?? '', 'base64url')]) {
    expect(await tokens.verify(await forge(claims, { alg: 'HS256' }, secret))).toBe('invalid');
  }
});

test('T21 another key, also where the header brings or names it', async () => {
  const other = generateKeyPairSync('ed25519');
  const jwk = await exportJWK(other.publicKey);
  const headers = [
    {},
    { kid: 'ours' },
    { kid: '../../dev/null' },
    { jwk },
    { jku: 'http://127.0.0.1:1/keys' },
    { x5u: 'http://127.0.0.1:1/x' },
  ];
  for (const header of headers)
    expect(await tokens.verify(await forge(claims, header, other.privateKey))).toBe('invalid');
});

test('T21 another algorithm with a key of its own', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(await tokens.verify(await forge(claims, { alg: 'RS256' }, rsa.privateKey))).toBe('invalid');
  expect(await tokens.verify(await forge(claims, { alg: 'ES256' }, ec.privateKey))).toBe('invalid');
});

test('T21 wrong audience, issuer or type, and not yet valid', async () => {
  const payloads: JWTPayload[] = [
    { ...claims, aud: 'verbena/socket' },
    { ...claims, aud: ['other'] },
    { ...claims, iss: 'elsewhere' },
    { ...claims, nbf: SECONDS + 60 },
  ];
  for (const payload of payloads) expect(await tokens.verify(await forge(payload))).toBe('invalid');
  for (const typ of ['JWT', 'refresh', '']) expect(await tokens.verify(await forge(claims, { typ }))).toBe('invalid');
});

test('T21 a claim missing or of another shape', async () => {
  for (const name of ['iss', 'aud', 'sub', 'sid', 'exp'] as const) {
    const { [name]: _, ...rest } = claims;
    expect([name, await tokens.verify(await forge(rest))]).toEqual([name, 'invalid']);
  }
  expect(await tokens.verify(await forge({ ...claims, sid: { $ne: null } }))).toBe('invalid');
});

test('T21 changed by a single character, cut, or no token at all', async () => {
  const { accessToken } = await tokens.sign('u', 's');
  const [head = '', body = '', signature = ''] = accessToken.split('.');
  const other = encode({ ...claims, sub: 'v' });
  const swapped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  for (const token of [
    `${head}.${other}.${signature}`,
    `${head}.${body}.${swapped}`,
    `${head}.${body}.`,
    '..',
    'a.b.c',
    '',
  ]) {
    expect(await tokens.verify(token)).toBe('invalid');
  }
});
