import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { compileAttributes } from './compile-attributes.js';

const schema: ObjectAttribute = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 4 },
    colour: { type: 'string', enum: ['rojo', 'verde'] },
    size: { type: 'integer', minimum: 1, maximum: 9, 'x-label': { es: 'Talla' } },
    even: { type: 'integer', enum: [2, 4] },
    part: { type: 'integer', 'x-atMost': 'size' },
    isGift: { type: 'boolean' },
    tags: { type: 'array', maxItems: 2, items: { type: 'string' } },
    box: { type: 'object', required: ['side'], properties: { side: { type: 'integer' } } },
  },
};
const validate = compileAttributes(schema);

test.each([
  [{ name: 'ab' }],
  [{ name: '😀😀😀😀', colour: 'rojo', size: 9, even: 2, isGift: false, tags: ['', 'x'], box: { side: -3 } }],
  [{ name: 'ab', colour: undefined }],
  [{ name: 'ab', size: 5, part: 5 }],
  [{ name: 'ab', part: 50 }],
])('B2 %j is taken', (attributes) => {
  expect(validate(attributes)).toEqual([]);
});

test.each([
  [null, [], 'type.object', undefined],
  [[], [], 'type.object', undefined],
  [{}, ['name'], 'required', undefined],
  [{ name: 7 }, ['name'], 'type.string', undefined],
  [{ name: 'a' }, ['name'], 'minLength', { minimum: 2 }],
  [{ name: 'abcde' }, ['name'], 'maxLength', { maximum: 4 }],
  [{ name: 'ab', colour: 'azul' }, ['colour'], 'choice', { choices: 'rojo, verde' }],
  [{ name: 'ab', size: 0 }, ['size'], 'minimum', { minimum: 1 }],
  [{ name: 'ab', size: 10 }, ['size'], 'maximum', { maximum: 9 }],
  [{ name: 'ab', size: Number.NaN }, ['size'], 'type.integer', undefined],
  [{ name: 'ab', even: 3 }, ['even'], 'choice', { choices: '2, 4' }],
  [{ name: 'ab', size: 4, part: 5 }, ['part'], 'atMostField', { field: 'size', es: 'Talla', en: 'size' }],
  [{ name: 'ab', isGift: 1 }, ['isGift'], 'type.boolean', undefined],
  [{ name: 'ab', tags: 'x' }, ['tags'], 'type.array', undefined],
  [{ name: 'ab', tags: ['', '', ''] }, ['tags'], 'maxItems', { maximum: 2 }],
  [{ name: 'ab', tags: ['', 1] }, ['tags', 1], 'type.string', undefined],
  [{ name: 'ab', box: {} }, ['box', 'side'], 'required', undefined],
  [{ name: 'ab', box: { side: 1, top: 1 } }, ['box', 'top'], 'unknown', undefined],
  [{ name: 'ab', constructor: 1 }, ['constructor'], 'unknown', undefined],
])('B2 %j is refused at %j with %s', (attributes, path, code, params) => {
  expect(validate(attributes)).toEqual([params === undefined ? { path, code } : { path, code, params }]);
});

test('a key that JSON may carry and objects must not have is unknown like any other', () => {
  const attributes: unknown = JSON.parse('{ "name": "ab", "__proto__": { "size": 1 } }');
  expect(validate(attributes)).toEqual([{ path: ['__proto__'], code: 'unknown' }]);
});

test('integers without bounds stay within what amounts may be', () => {
  expect(compileAttributes({ type: 'object', properties: { n: { type: 'integer' } } })({ n: 1e13 })).toEqual([
    { path: ['n'], code: 'maximum', params: { maximum: 1_000_000_000_000 } },
  ]);
});

test('at most twenty problems are told', () => {
  const attributes = { name: 'ab', ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`x${index}`, 1])) };
  expect(validate(attributes).length).toBe(20);
});
