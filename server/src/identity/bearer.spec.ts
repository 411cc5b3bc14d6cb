import { isSameSecret, mintApiKey, newSecret, readApiKey, readBearer } from './bearer.js';

const ID = '01KATN8VJ40000000000000000';

test('a credential is told apart by its form', () => {
  const key = mintApiKey(ID, 'live').credential;
  expect(readBearer(undefined)).toEqual({ kind: 'none' });
  expect(readBearer(`Bearer ${key}`)).toEqual({ kind: 'key', credential: key });
  expect(readBearer('bearer   aa.bb.cc ')).toEqual({ kind: 'token', credential: 'aa.bb.cc' });
  expect(readBearer('Bearer aa.bb.')).toEqual({ kind: 'token', credential: 'aa.bb.' });
  expect(readBearer(`Bearer ${newSecret()}`).kind).toBe('local');
});

test.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', `Bearer ${'a'.repeat(3_000)}`, 'Token vk_x'])(
  'what is no bearer is unreadable: %p',
  (header) => {
    expect(readBearer(header)).toEqual({ kind: 'unreadable' });
  },
);

test('an API key is vk_<id>_<43 characters>, and its hash is not its secret', () => {
  const { credential, hash } = mintApiKey(ID, 'live');
  expect(credential).toMatch(/^vk_01KATN8VJ40000000000000000_[A-Za-z0-9_-]{43}$/);
  expect(readApiKey(credential)).toEqual({ id: ID, mode: 'live', hash });
  expect(credential).not.toContain(hash);
});

test('#12 Z25 the prefix of a test key says that it is one', () => {
  const { credential, hash } = mintApiKey(ID, 'test');
  expect(credential).toMatch(/^vk_test_01KATN8VJ40000000000000000_[A-Za-z0-9_-]{43}$/);
  expect(readApiKey(credential)).toEqual({ id: ID, mode: 'test', hash });
  expect(readApiKey(credential.replace('test_', ''))?.mode).toBe('live');
});

test('the underscores of a secret do not end it', () => {
  expect(readApiKey(`vk_${ID}_${'_'.repeat(43)}`)?.id).toBe(ID);
});

test.each([
  `vk_${ID}_${'a'.repeat(42)}`,
  `vk_${ID}_${'a'.repeat(44)}`,
  `vk_${ID.toLowerCase()}_${'a'.repeat(43)}`,
  `vk_${ID}_${'a'.repeat(42)}.`,
  `vk_${ID}`,
  `vk_{"$ne":1}_${'a'.repeat(43)}`,
])('T23 what has not the form of a key never reaches the database: %p', (credential) => {
  expect(readApiKey(credential)).toBeNull();
});

test('secrets have 256 bits and differ', () => {
  expect(newSecret()).toHaveLength(43);
  expect(newSecret()).not.toBe(newSecret());
  expect(isSameSecret('a', 'a')).toBe(true);
  expect(isSameSecret('a', 'b')).toBe(false);
  expect(isSameSecret('a', 'aa')).toBe(false);
});
