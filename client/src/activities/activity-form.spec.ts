import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { blankOf, kindOf, readAttributes, typesByHand } from './activity-form.js';

const purchase: ObjectAttribute = {
  type: 'object',
  required: ['totalMinor'],
  properties: {
    totalMinor: { type: 'integer', minimum: 0, maximum: 1_000_000, 'x-unit': 'EUR' },
    bags: { type: 'integer', minimum: 0 },
    store: { type: 'string', minLength: 2, maxLength: 20 },
    size: { type: 'string', enum: ['small', 'large'] },
    floor: { type: 'integer', enum: [1, 2] },
    gift: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    departments: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'amountMinor'],
        properties: { name: { type: 'string', minLength: 1 }, amountMinor: { type: 'integer', 'x-unit': 'EUR' } },
      },
    },
  },
};

const typed = (given: object) => ({ ...Object(blankOf(purchase)), ...given });

describe('a form from the schema of an activity type', () => {
  test('each attribute is asked for as what it is', () => {
    expect(Object.values(purchase.properties).map(kindOf)).toEqual([
      'money',
      'whole',
      'text',
      'choice',
      'choice',
      'yesNo',
      'list',
      'list',
    ]);
  });

  test('euros become cents, rows of a list objects, and what was left empty is left out', () => {
    const reading = readAttributes(
      purchase,
      typed({
        totalMinor: '1.032,40',
        floor: '2',
        gift: 'false',
        departments: [
          { name: ' Frutería ', amountMinor: '12,4' },
          { name: 'Moda', amountMinor: '20' },
        ],
      }),
      'es',
    );
    expect(reading).toEqual({
      problems: [],
      attributes: {
        totalMinor: 103_240,
        floor: 2,
        gift: false,
        departments: [
          { name: 'Frutería', amountMinor: 1_240 },
          { name: 'Moda', amountMinor: 2_000 },
        ],
      },
    });
  });

  test('an English reader types the other sign', () => {
    expect(readAttributes(purchase, typed({ totalMinor: '1,032.40' }), 'en').attributes).toEqual({
      totalMinor: 103_240,
    });
  });

  test('what is wrong is named by its path and rule, all of it at once', () => {
    const { problems } = readAttributes(
      purchase,
      typed({
        totalMinor: 'mucho',
        bags: '1,5',
        store: 'x',
        tags: ['a', '', 'c'],
        departments: [{ name: '', amountMinor: '-1' }],
      }),
      'es',
    );
    expect(problems).toEqual([
      { path: ['attributes', 'totalMinor'], code: 'amount' },
      { path: ['attributes', 'bags'], code: 'type.integer' },
      { path: ['attributes', 'store'], code: 'minLength', params: { minimum: 2 } },
      { path: ['attributes', 'tags'], code: 'maxItems', params: { maximum: 2 } },
      { path: ['attributes', 'tags', 1], code: 'required' },
      { path: ['attributes', 'departments', 0, 'name'], code: 'required' },
    ]);
    expect(readAttributes(purchase, typed({}), 'es').problems).toEqual([
      { path: ['attributes', 'totalMinor'], code: 'required' },
    ]);
  });

  test('bounds of money are told in euros', () => {
    expect(readAttributes(purchase, typed({ totalMinor: '10.000,01' }), 'es').problems).toEqual([
      { path: ['attributes', 'totalMinor'], code: 'maximum', params: { maximum: 10_000 } },
    ]);
    expect(readAttributes(purchase, typed({ totalMinor: '-1' }), 'es').problems).toEqual([
      { path: ['attributes', 'totalMinor'], code: 'minimum', params: { minimum: 0 } },
    ]);
  });

  test('what only the program records is not offered', () => {
    const type = (id: string, from?: 'program'): ActivityType => ({
      id,
      rev: 1,
      name: { es: id },
      attributes: purchase,
      ...(from === undefined ? {} : { from }),
    });
    expect(typesByHand([type('purchase'), type('referral.qualified', 'program')]).map(({ id }) => id)).toEqual([
      'purchase',
    ]);
  });
});
