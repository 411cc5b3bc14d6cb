import type { Definitions } from '#programs/definitions.js';
import { Format } from '#words/format.js';
import { explainReceipt } from './explain-receipt.js';
import type { Effect } from './effect.js';
import type { EntryRecorded } from './entry-recorded.js';
import { en } from './ledger.en.js';
import { es } from './ledger.es.js';
import type { PointsLine } from './points-line.js';
import type { Fired, Missed } from './receipt.js';

const both = (text: string) => ({ es: text, en: text });
const definitions: Definitions = {
  boards: [],
  referrals: [],
  activityTypes: [
    {
      id: 'purchase',
      rev: 1,
      name: { es: 'Compra', en: 'Purchase' },
      attributes: {
        type: 'object',
        properties: {
          totalMinor: { type: 'integer', 'x-unit': 'EUR', 'x-label': both('Total') },
          privateLabelMinor: { type: 'integer', 'x-unit': 'EUR', 'x-label': both('Marca propia') },
          departments: {
            type: 'array',
            'x-label': { es: 'Secciones', en: 'Departments' },
            items: {
              type: 'object',
              properties: { name: { type: 'string', 'x-label': { es: 'Sección', en: 'Department' } } },
            },
          },
        },
      },
    },
  ],
  currencies: [
    {
      id: 'puntos',
      rev: 1,
      name: both('Puntos'),
      unit: { one: { es: 'punto', en: 'point' }, other: { es: 'puntos', en: 'points' } },
      expiry: { kind: 'never' },
      zone: 'program',
    },
  ],
  rules: [
    {
      id: 'compra',
      rev: 1,
      name: both('Compra'),
      on: { activity: 'purchase' },
      earn: [{ currency: 'puntos', amount: { product: [{ ratio: [1, 1] }] } }],
      boosts: [{ id: 'miercoles', name: both('Miércoles doble'), ratio: [2, 1], weekdays: [3] }],
      zone: 'program',
    },
  ],
  missions: [
    {
      id: 'diez-visitas',
      rev: 1,
      name: both('Diez visitas'),
      description: both('Diez'),
      on: { activity: 'purchase' },
      goal: { kind: 'count', target: 10, per: 'month' },
      reward: { points: [], badges: [] },
      zone: 'program',
    },
    {
      id: 'ocho-secciones',
      rev: 1,
      name: both('Ocho secciones'),
      description: both('Ocho'),
      on: { activity: 'purchase' },
      goal: { kind: 'distinct', field: 'departments.name', target: 8, per: 'month' },
      reward: { points: [], badges: [] },
      zone: 'program',
    },
  ],
  badges: [],
  tiers: [
    {
      id: 'plata',
      rev: 1,
      name: both('Plata'),
      currency: 'puntos',
      threshold: 0,
      percent: 110,
      benefits: [],
      zone: 'program',
    },
  ],
};

const cause = {
  type: 'purchase',
  occurredAt: '2026-11-22T10:00:00.000Z',
  channel: 'shop',
  source: 'program',
  attributes: {},
};

function explain(given: { fired?: Fired[]; missed?: Missed[]; cut?: true; language?: 'es' | 'en'; today?: string }) {
  const { fired = [], missed = [], language = 'es', today = '2026-11-22' } = given;
  const receipt = { fired, missed, ...(given.cut ? { cut: given.cut } : {}) };
  const { why, whyNot } = explainReceipt({ cause, receipt, effects: [], lines: [] }, definitions, {
    language,
    words: language === 'es' ? es : en,
    format: new Format(language),
    today,
  });
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
  return [...why, ...whyNot].map((line) => line.because.map(plain));
}

describe('why', () => {
  test('a purchase: every factor, and how the fraction was cut', () => {
    const factors: Fired['factors'] = [
      { field: 'totalMinor', value: 3_280, unit: 'EUR' },
      { ratio: [1, 100] },
      { tier: 'plata', percent: 110 },
      { boost: 'miercoles', ratio: [2, 1] },
    ];
    const fired: Fired[] = [{ kind: 'rule', id: 'compra', rev: 1, currency: 'puntos', amount: 72, factors }];
    expect(explain({ fired })).toEqual([
      [
        'Total: 32,80 €',
        '1 punto por cada 1,00 €',
        'Categoría Plata: ×1,1',
        'Miércoles doble: ×2',
        '72,16, que se quedan en 72',
      ],
    ]);
    expect(explain({ fired, language: 'en' })[0]).toContain('1 point for each €1.00');
  });

  test('a fixed reward says so, but not where a cut receipt may have lost its factors', () => {
    const coupon: Fired = { kind: 'rule', id: 'compra', rev: 1, currency: 'puntos', amount: 25 };
    expect(explain({ fired: [coupon] })).toEqual([['Recompensa fija']]);
    expect(explain({ fired: [coupon], cut: true })).toEqual([[]]);
    expect(explain({ fired: [{ ...coupon, factors: [{ ratio: [25, 1] }] }] })).toEqual([['Recompensa fija']]);
  });
});

describe('what comes back', () => {
  const lot = { activated: '2026-10-01', expires: '2026-11-02' };
  const by = { kind: 'currency', id: 'puntos', rev: 1 } as const;
  const line = (kind: PointsLine['kind'], amount: number, pocket?: 'held' | 'owed'): PointsLine => ({
    ...{ currency: 'puntos', amount, kind, by, lot },
    ...(pocket === undefined ? {} : { pocket, ref: '2-1' }),
  });
  const tell = (type: string, effects: Effect[], lines: PointsLine[], fired: Fired[], language: 'es' | 'en') => {
    const reader = { language, words: language === 'es' ? es : en, format: new Format(language), today: '2026-11-22' };
    const { why } = explainReceipt(
      { cause: { ...cause, type }, receipt: { fired, missed: [] }, effects, lines },
      definitions,
      reader,
    );
    return why.map(({ points, because }) => [points?.amount, ...because]);
  };
  const reversed = (activity: string): Effect[] => [
    { type: 'activity.reversed', of: 'e', seq: 1, activity, causes: 0 },
  ];

  test.each(['es', 'en'] as const)(
    'C4 C6 a payment that is cancelled and an adjustment that is undone, in %s',
    (language) => {
      const words = language === 'es' ? es : en;
      const expired: Fired = { ...by, currency: 'puntos', amount: -30 };
      const back = [
        line('capture', 50, 'held'),
        line('release', -50, 'held'),
        line('release', 50),
        line('forgive', -5),
        line('expire', -30),
      ];
      expect(tell('points.captured.reversed', reversed('points.captured'), back, [expired], language)).toEqual([
        [-30, words.expired({ day: new Format(language).day('2026-11-01') })],
        [50, words.pockets.keepDates({ because: words.pockets.refunded })],
        [-5, words.spent.unforgiven],
      ]);
      expect(
        tell('points.adjusted.reversed', reversed('points.adjusted'), [line('adjust', -50)], [], language),
      ).toEqual([[-50, words.pockets.unadjusted]]);
    },
  );

  test.each(['es', 'en'] as const)('F2 what goes with a badge that staff withdraw, in %s', (language) => {
    const words = language === 'es' ? es : en;
    const gone: Effect[] = [
      { type: 'badge.revoked', badge: 'exploradora', rev: 1, by: 'staff', count: 2 },
      { type: 'badge.revoked', badge: 'otra', rev: 1 },
    ];
    const fired: Fired[] = [
      { kind: 'badge', id: 'exploradora', rev: 1 },
      { kind: 'currency', id: 'puntos', rev: 1, currency: 'puntos', amount: 40 },
      { kind: 'rule', id: 'compra', rev: 1, currency: 'puntos', amount: -40 },
      { kind: 'mission', id: 'diez-visitas', rev: 1, currency: 'puntos', amount: -7 },
      { kind: 'badge', id: 'otra', rev: 1 },
    ];
    expect(tell('badge.withdrawn', gone, [], fired, language)).toEqual([
      [undefined, words.badgeGone.staff],
      [40, words.takenBack.expired],
      [-40, words.takenBack.withBadge],
      [-7, words.takenBack.withBadgeMission],
      [undefined, words.takenBack.badge],
    ]);
  });
});

describe('a reversal', () => {
  const explainReversal = (fired: Fired[], language: 'es' | 'en' = 'es') => {
    const reversal: Effect = { type: 'activity.reversed', of: 'e', seq: 1, activity: 'purchase', causes: 0 };
    const reader = { language, words: language === 'es' ? es : en, format: new Format(language), today: '2026-11-22' };
    const told = { cause: { ...cause, type: 'purchase.reversed' }, receipt: { fired, missed: [] } };
    return explainReceipt({ ...told, effects: [reversal], lines: [] }, definitions, reader).why;
  };

  test('C5 each thing taken back says with what it goes, and what it took', () => {
    const fired: Fired[] = [
      { kind: 'currency', id: 'puntos', rev: 1, currency: 'puntos', amount: 30 },
      { kind: 'rule', id: 'compra', rev: 1, currency: 'puntos', amount: -72 },
      { kind: 'mission', id: 'diez-visitas', rev: 1, currency: 'puntos', amount: -100 },
      { kind: 'badge', id: 'exploradora', rev: 1 },
      { kind: 'currency', id: 'puntos', rev: 1, currency: 'puntos', amount: -8 },
    ];
    const why = explainReversal(fired);
    expect(why.map(({ name, points }) => [name, points?.amount])).toEqual([
      ['Puntos', 30],
      ['Compra', -72],
      ['Diez visitas', -100],
      ['exploradora', undefined],
      ['Puntos', -8],
    ]);
    expect(why.map(({ because }) => because)).toEqual([
      [es.takenBack.expired],
      ['Se ha anulado: Compra'],
      [es.takenBack.mission],
      [es.takenBack.badge],
      // They lasted by what was taken back.
      [es.expiredInactive],
    ]);
    expect(explainReversal(fired, 'en')[1]?.because).toEqual(['Taken back: Purchase']);
  });

  test('I2 an invitation that counts says so', () => {
    expect(explain({ fired: [{ kind: 'referral', id: 'amiga', rev: 1 }] })).toEqual([[es.referralCounts]]);
  });
});

describe('what moved', () => {
  const by = { kind: 'currency', id: 'puntos', rev: 1 } as const;
  const lot = { activated: '2026-11-01', expires: '2026-12-02' };
  const explainMoved = (lines: EntryRecorded['lines'], effects: Effect[] = []) =>
    explainReceipt({ cause, receipt: { fired: [], missed: [] }, effects, lines }, definitions, {
      ...{ language: 'es', words: es, format: new Format('es'), today: '2026-11-22' },
    }).why.map(({ name, because }) => [name, ...because]);

  test.each([
    ['held', 'capture', es.pockets.captured({ points: '5 puntos' })],
    ['pending', 'cancel', es.pockets.cancelled({ points: '5 puntos' })],
    ['transit', 'settle', es.pockets.settled({ points: '5 puntos' })],
  ] as const)('C6 of %s points that %s away it is said how many', (pocket, kind, said) => {
    const line = { currency: 'puntos', amount: -5, pocket, kind, ref: '1-1', by, lot };
    expect(explainMoved([line])).toEqual([['Puntos', said]]);
  });

  test('C4 points that end soon, and what an adjustment could not take, read with their amounts', () => {
    const noticed: Effect = { type: 'expiry.noticed', currency: 'puntos', amount: 5, expires: '2026-12-02' };
    expect(explainMoved([], [noticed])).toEqual([
      ['Puntos', es.pockets.expiringSoon({ points: '5 puntos', day: '1 de diciembre de 2026' })],
    ]);
    const shortened: Effect = { type: 'expiry.shortened', currency: 'puntos', until: '2026-12-01' };
    expect(explainMoved([], [shortened])).toEqual([
      ['Puntos', es.pockets.endsSooner({ day: '1 de diciembre de 2026' })],
    ]);
    expect(explainMoved([], [{ ...shortened, until: null }])).toEqual([]);
    const adjusted: Effect = { type: 'points.adjusted', currency: 'puntos', amount: -8, short: 3 };
    const line = { currency: 'puntos', amount: -5, kind: 'adjust', by, lot } as const;
    expect(explainMoved([line], [adjusted])[0]).toContain(es.pockets.short({ points: '3 puntos' }));
  });
});

describe('why not', () => {
  test.each<[Missed, string]>([
    [['mission:diez-visitas', 1, 'progress:2026-11-30', 8, 10], 'Te faltan 2 compras hasta el 30 de noviembre.'],
    [['mission:diez-visitas', 1, 'progress:2026-11-30', 9, 10], 'Te falta 1 compra hasta el 30 de noviembre.'],
    [['mission:ocho-secciones', 1, 'progress:2026-11-30', 5, 8], 'Te faltan 3 secciones más hasta el 30 de noviembre.'],
    [
      ['mission:diez-visitas', 1, 'progress:2026-10-31', 8, 10],
      'Entonces llevabas 8 de 10; el plazo acabó el 31 de octubre de 2026.',
    ],
    [['mission:racha', 1, 'streak:2026-11-29', 3, 4], 'Te falta 1 semana; la racha sigue hasta el 29 de noviembre.'],
    [['mission:racha', 1, 'streak:2026-11-29', 0, 4], 'Ese plazo ya contó para una racha completada.'],
    [['mission:racha', 1, 'streak:2026-05-03', 1, 4], 'Te faltan 3 semanas seguidas.'],
    [['mission:diez-visitas', 1, 'done:ever', 1, null], 'Ya estaba completada, y solo cuenta una vez.'],
    [['rule:x', 1, 'field:privateLabelMinor:gte', 50, 100], 'Marca propia: 0,50 €; tiene que ser 1,00 € o más.'],
    [
      ['rule:x', 1, 'field:privateLabelMinor:gte', null, 100],
      'Marca propia: no venía indicado; tiene que ser 1,00 € o más.',
    ],
    [['rule:x', 1, 'field:totalMinor:not:gt', 200, 100], 'Total: 2,00 €; tiene que ser 1,00 € o menos.'],
    [['rule:x', 1, 'cap:day', 4, 4], 'Ya habías llegado al límite de ese día (4).'],
    [
      ['rule:x', 1, 'cap:day:privateLabelMinor', 3, 3],
      'Ya habías llegado al límite de ese día por cada marca propia (3).',
    ],
    [['rule:x', 1, 'tier:atLeast', 'socio', 'plata'], 'Es para Plata o más; tu categoría era socio.'],
    [['rule:x', 1, 'badge:not', true, 'b'], 'Es para quien aún no tiene la insignia b.'],
    [['rule:x', 1, 'zero', '1/2', 1], 'El importe no llegaba a un punto.'],
    [['rule:x', 1, 'something:new', 1, 2], 'No se cumplía su condición.'],
  ])('%j', (missed, sentence) => {
    expect(explain({ missed: [missed] })).toEqual([[sentence]]);
  });
});

test.each([
  ['es', es],
  ['en', en],
] as const)('every sentence of %s can be said with 0, 1, 2 and a million', (language, words) => {
  const format = new Format(language);
  const say = (entry: unknown, count: number): void => {
    if (typeof entry === 'function') {
      const params = new Proxy({}, { get: () => count });
      const text: unknown = entry(params, format);
      expect(text).toEqual(expect.any(String));
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    } else if (typeof entry === 'object' && entry !== null) {
      for (const part of Object.values(entry)) say(part, count);
    } else expect(entry).toEqual(expect.any(String));
  };
  for (const count of [0, 1, 2, 1_000_000]) say(words, count);
});

test('#7 what the house does by itself, and gives nothing, is told by what it was about or not at all', () => {
  const told = (type: string, attributes: Record<string, unknown> = {}) =>
    explainReceipt(
      { cause: { ...cause, type, attributes }, receipt: { fired: [], missed: [] }, effects: [], lines: [] },
      definitions,
      { language: 'es', words: es, format: new Format('es'), today: '2026-11-22' },
    ).whyNot.map(({ name, because }) => [name, ...because]);
  expect(told('goal.reached', { mission: 'diez-visitas', period: '2026-11' })).toEqual([
    ['Diez visitas', 'Cuando se alcanzó, ya no contaba para ella nada tuyo, o ya tenías lo que da.'],
  ]);
  expect(told('member.changed')).toEqual([]);
  expect(told('purchase')).toEqual([['Compra', es.nothingGives]]);
});
