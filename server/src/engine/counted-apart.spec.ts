import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { bucketOf, compileApart, periodOf } from './counted-apart.js';

const attributes: ObjectAttribute = {
  type: 'object',
  properties: {
    post: { type: 'string' },
    seat: { type: 'integer' },
    first: { type: 'boolean' },
    shop: { type: 'string', 'x-compare': 'folded' },
  },
};
const read = (by: string, value?: unknown) =>
  compileApart(by, attributes)?.(value === undefined ? {} : { [by]: value });

test('#67 ids, numbers and truths stand as they are, and nothing is a value of its own', () => {
  expect(compileApart(undefined, attributes)).toBeNull();
  expect(read('post', '01KB000000000000000000P0ST')).toBe('01KB000000000000000000P0ST');
  // Ids of the forum may begin with any of their signs.
  for (const id of ['_oWPRzdwhuPbMCFjdTvQLA', '--WPRzdwhuPbMCFjdTvQLA']) expect(read('post', id)).toBe(id);
  expect([read('seat', 12), read('seat', -3), read('seat', 0), read('first', false)]).toEqual([
    '12',
    '-3',
    '0',
    'false',
  ]);
  expect([read('post'), read('post', '')]).toEqual(['-', '-']);
});

test('#67 whatever a value is, its key is short, is no other value’s, and holds nothing that a store or an object minds', () => {
  const odd = [
    '-',
    '~',
    'a.b',
    '$a',
    '__proto__',
    'niño',
    'a b',
    'x'.repeat(65),
    'x'.repeat(66),
    '=',
    '2026-12-01~a',
    '\u0000',
  ];
  const keys = odd.map((value) => read('post', value) ?? '');
  expect(new Set(keys).size).toBe(odd.length);
  for (const key of keys) expect(key).toMatch(/^=[0-9a-z]{1,11}$/);
  expect(keys.map((key) => periodOf(bucketOf('2026-12-01', key)))).toEqual(odd.map(() => '2026-12-01'));
});

test('#10 #67 a value counts as it compares', () => {
  expect(read('shop', 'Centro')).toBe(read('shop', 'CENTRO '));
  expect(read('post', 'Centro')).not.toBe(read('post', 'CENTRO'));
});

test('#67 a key is that of its period alone where nothing is counted apart', () => {
  expect([bucketOf('ever', null), bucketOf('2026-W49', 'bruno')]).toEqual(['ever', '2026-W49~bruno']);
  expect([periodOf('ever'), periodOf('2026-W49~bruno'), periodOf('ever~-')]).toEqual(['ever', '2026-W49', 'ever']);
});
