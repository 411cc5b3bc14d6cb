import { randomBytes } from 'node:crypto';
import { Seal } from './seal.js';

const seal = new Seal(randomBytes(32).toString('base64url'));

test('what was sealed opens with the same key and context, and never looks the same twice', () => {
  const sealed = seal.seal('GEZDGNBV ñ', 'totp:u');
  expect(seal.open(sealed, 'totp:u')).toBe('GEZDGNBV ñ');
  expect(seal.seal('GEZDGNBV ñ', 'totp:u')).not.toBe(sealed);
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('GEZDGNBV');
});

test('another key, another context, a changed bit, a cut: nothing opens', () => {
  const sealed = seal.seal('GEZDGNBV', 'totp:u');
  expect(new Seal(randomBytes(32).toString('base64url')).open(sealed, 'totp:u')).toBeNull();
  expect(seal.open(sealed, 'totp:v')).toBeNull();
  const bytes = Buffer.from(sealed, 'base64url');
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    expect(seal.open(changed.toString('base64url'), 'totp:u')).toBeNull();
  }
  for (const cut of ['', 'AAAA', sealed.slice(0, -4)]) expect(seal.open(cut, 'totp:u')).toBeNull();
});

test('a key of another length is refused at the start', () => {
  expect(() => new Seal('AAAA')).toThrow('32 bytes');
});
