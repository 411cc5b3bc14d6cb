import { hash } from 'node:crypto';
import { hashOf } from '@verbena/server/platform/crypto/hash.js';
import fc from 'fast-check';
import { canonicalize } from 'json-canonicalize';

/** Whatever an entry may hold, absent fields and all that a person may have typed included. */
const anything = fc.anything({
  withDate: true,
  maxDepth: 4,
  values: [
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
  ],
});

describe('hashes', () => {
  test('C2 are taken over the RFC 8785 form, whatever is hashed', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), (parts) => {
        expect(hashOf(...parts)).toBe(hash('sha256', canonicalize(['verbena/1', ...parts]), 'hex'));
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('points')])(
    'C2 %p has no such form, and is refused',
    (part) => {
      expect(() => hashOf({ part })).toThrow(Error);
    },
  );
});
