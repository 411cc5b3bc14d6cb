import { Format } from '@verbena/shared/words/format.js';
import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import { en } from '#lib/words/en.js';
import { es } from '#lib/words/es.js';
import type { Speech } from '#lib/words/speech.js';
import { Names } from '#programs/names.js';
import { awardOf } from './award.js';
import type { Award } from './award.js';
import { describeAward, describeMerged, speakAwards } from './describe-award.js';

const text = (spanish: string, english: string) => ({ es: spanish, en: english });
const definitions: Names['definitions'] = {
  activityTypes: [
    { id: 'purchase', rev: 1, name: text('Compra', 'Purchase'), attributes: { type: 'object', properties: {} } },
  ],
  currencies: [
    {
      id: 'puntos',
      rev: 1,
      name: text('Puntos', 'Points'),
      unit: { one: text('punto', 'point'), other: text('puntos', 'points') },
      expiry: { kind: 'never' },
      zone: 'program',
    },
  ],
  rules: [],
  missions: [],
  badges: [],
  tiers: [
    {
      id: 'plata',
      rev: 1,
      name: text('Plata', 'Silver'),
      currency: 'puntos',
      threshold: 500,
      percent: 110,
      benefits: [],
      zone: 'program',
    },
  ],
  boards: [],
  referrals: [],
};
const spanish: Speech = { words: es, format: new Format('es'), choose: (both) => both.es ?? '' };
const english: Speech = { words: en, format: new Format('en'), choose: (both) => both.en ?? '' };

function entry(changes: Partial<EntryRecorded> = {}): EntryRecorded {
  return {
    seq: 7,
    cause: {
      type: 'purchase',
      occurredAt: '2026-11-22T10:00:00.000Z',
      channel: 'shop',
      source: 'program',
      attributes: { store: 'Librería Alba' },
    },
    outcome: 'accepted',
    refusal: null,
    lines: [
      {
        currency: 'puntos',
        amount: 36,
        kind: 'earn',
        by: { kind: 'rule', id: 'compra', rev: 1 },
        lot: { activated: '2026-11-22', expires: null },
      },
    ],
    effects: [],
    receipt: {
      fired: [
        {
          kind: 'rule',
          id: 'compra',
          rev: 1,
          currency: 'puntos',
          amount: 36,
          factors: [{ field: 'totalMinor', value: 3_280 }, { ratio: [1, 100] }, { tier: 'plata', percent: 110 }],
        },
      ],
      missed: [],
    },
    balances: { puntos: 1_320 },
    ...changes,
  };
}

function award(changes: Partial<EntryRecorded> = {}): Award {
  const found = awardOf(7, '2026-11-22T10:00:00.000Z', entry(changes));
  if (!found) throw new Error('The entry should be worth saying.');
  return found;
}

describe('an award in words', () => {
  test('says what happened, and why, in the voice of the house', () => {
    expect(describeAward(award(), new Names(definitions, spanish), spanish)).toEqual({
      points: '+36 puntos',
      cause: 'Compra en Librería Alba',
      factors: ['Plata ×1,1'],
      more: [],
    });
    expect(describeAward(award(), new Names(definitions, english), english)).toMatchObject({
      points: '+36 points',
      cause: 'Purchase at Librería Alba',
      factors: ['Silver ×1.1'],
    });
  });

  test('several are one line, and one announcement', () => {
    const names = new Names(definitions, spanish);
    const three = [award(), award(), award()];
    expect(describeMerged(three, names, spanish)).toBe('+108 puntos (3 logros)');
    expect(speakAwards(three, names, spanish)).toBe('Has ganado 108 puntos: 3 logros');
  });

  test('an entry that gave nothing, or only took expired points, is no award', () => {
    expect(awardOf(7, '', entry({ lines: [] }))).toBeUndefined();
    const expired = entry().lines.map((line) => ({ ...line, kind: 'expire' as const, amount: -36 }));
    expect(awardOf(7, '', entry({ lines: expired }))).toBeUndefined();
  });

  test('shops that have only a number are named so, and unknown names read as their id', () => {
    const names = new Names(undefined, spanish);
    const numbered = award({ cause: { ...entry().cause, attributes: { store: '324' } } });
    expect(describeAward(numbered, names, spanish)).toMatchObject({
      points: '+36 puntos',
      cause: 'purchase en la tienda 324',
    });
  });
});
