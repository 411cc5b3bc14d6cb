import { Format } from '@verbena/shared/words/format.js';
import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import { en } from '#lib/words/en.js';
import { es } from '#lib/words/es.js';
import type { Speech } from '#lib/words/speech.js';
import { Names } from '#programs/names.js';
import { awardOf, isCalm } from './award.js';
import type { Award } from './award.js';
import { describeAward, describeMerged, speakAwards } from './describe-award.js';

const text = (spanish: string, english: string) => ({ es: spanish, en: english });
const definitions: NonNullable<Names['definitions']> = {
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
const visits: NonNullable<Names['definitions']>['missions'][number] = {
  id: 'diez-visitas',
  rev: 1,
  name: text('Diez visitas', 'Ten visits'),
  description: text('Diez compras.', 'Ten purchases.'),
  on: { activity: 'purchase' },
  goal: { kind: 'count', target: 10, per: 'month' },
  reward: { points: [], badges: [] },
  zone: 'program',
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

  test('C5 what is taken back is told calmly: what, how much, and what no longer counts', () => {
    const reversal = {
      cause: { ...entry().cause, type: 'purchase.reversed', attributes: { of: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } },
      lines: entry().lines.map((line) => ({ ...line, kind: 'reverse' as const, amount: -36 })),
      effects: [
        { type: 'activity.reversed', of: '01ARZ3NDEKTSV4RRFFQ69G5FAV', seq: 3, activity: 'purchase', causes: 0 },
        {
          type: 'mission.reverted',
          mission: 'diez-visitas',
          rev: 1,
          period: '2026-11',
          progress: 9,
          target: 10,
          completions: 0,
          done: false,
          takenBack: true,
        },
        { type: 'badge.revoked', badge: 'primera-compra', rev: 1 },
      ],
    } satisfies Partial<EntryRecorded>;
    const names = new Names({ ...definitions, missions: [visits] }, spanish);
    expect(isCalm(award(reversal))).toBe(true);
    expect(isCalm(award())).toBe(false);
    expect(describeAward(award(reversal), names, spanish)).toMatchObject({
      points: '−36 puntos',
      cause: 'Se ha anulado: Compra',
      more: ['La misión Diez visitas vuelve a estar por completar', 'Ya no cuenta la insignia primera-compra'],
    });
    // #8 What was withdrawn from the rules keeps its name, and cannot be done again.
    const since = new Names(definitions, spanish, { missions: [visits] });
    expect(describeAward(award(reversal), since, spanish).more).toContain('Ya no cuenta la misión Diez visitas');
    // Beside others it is no "logro", and nobody hears that points were won which were lost.
    expect(describeMerged([award(), award(), award(reversal)], names, spanish)).toBe('+36 puntos (3 novedades)');
    expect(speakAwards([award(), award(reversal)], names, spanish)).toBe('2 novedades');
    expect(speakAwards([award(reversal)], new Names(definitions, english), english)).toMatch(
      /^−36 points\. Taken back: Purchase/,
    );
  });

  test('F2 what goes with a badge that staff withdraw is told calmly; one whose time is over, with points that ended, is not', () => {
    const lines = entry().lines.map((line) => ({ ...line, kind: 'reverse' as const, amount: -36 }));
    const revoked = { type: 'badge.revoked', badge: 'primera-compra', rev: 1 } as const;
    const withdrawn = award({ lines, effects: [{ ...revoked, by: 'staff' }] });
    expect(withdrawn.points).toEqual({ puntos: -36 });
    expect(isCalm(withdrawn)).toBe(true);
    const over = { lines: lines.map((line) => ({ ...line, kind: 'expire' as const })) };
    expect(awardOf(7, '', entry({ ...over, effects: [{ ...revoked, by: 'time' }] }))).toBeUndefined();
  });

  test('I1 both sides of an invitation read why the points came', () => {
    const referral = {
      id: 'amiga',
      rev: 1,
      name: text('', ''),
      on: 'purchase',
      withinDays: 30,
      gives: 'referral.qualified',
    };
    const names = new Names(
      {
        ...definitions,
        activityTypes: [
          {
            id: 'referral.qualified',
            rev: 1,
            name: text('Invitación cumplida', 'Referral fulfilled'),
            attributes: { type: 'object', properties: {} },
          },
        ],
        referrals: [referral],
      },
      spanish,
    );
    const cause = (role: string, partner: string | null = null) =>
      describeAward(
        award({ cause: { ...entry().cause, type: 'referral.qualified', attributes: { role }, partner } }),
        names,
        spanish,
      ).cause;
    expect(cause('advocate')).toBe('Invitación cumplida: la persona invitada ya participa');
    expect(cause('friend')).toBe('Invitación cumplida: por llegar con una invitación');
    expect(cause('advocate', 'Ana')).toBe('Por invitar a Ana, que ya participa');
    expect(cause('friend', 'Luna clara')).toBe('Por llegar con la invitación de Luna clara');
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

describe('points that wait, end or are adjusted', () => {
  const names = new Names(definitions, spanish);
  const lot = { activated: '2026-12-04', expires: null };
  const by = { kind: 'currency' as const, id: 'puntos', rev: 1 };

  test('C2 pending points are told as pending, and give none yet', () => {
    const line = {
      currency: 'puntos',
      amount: 30,
      kind: 'pend' as const,
      by,
      lot,
      pocket: 'pending' as const,
      ref: '7-1',
    };
    const set = { type: 'pending.set' as const, pending: '7-1', currency: 'puntos', on: '2026-12-04' };
    const told = describeAward(award({ lines: [line], effects: [set] }), names, spanish);
    expect(told).toMatchObject({ points: '', more: ['Pendientes: 30 puntos'] });
  });

  test('C3 points that end soon are told calmly, with their last day', () => {
    const effect = { type: 'expiry.noticed' as const, currency: 'puntos', amount: 1, expires: '2026-12-04' };
    const ending = award({ lines: [], effects: [effect] });
    expect(isCalm(ending)).toBe(true);
    expect(describeAward(ending, names, spanish).more).toEqual(['Caducan pronto: 1 punto, hasta el 3 de diciembre']);
    expect(describeAward(ending, new Names(definitions, english), english).more).toEqual([
      'Ending soon: 1 point, until 3 December',
    ]);
  });

  test('C6 what staff give is an award, what they take is told calmly', () => {
    const adjusted = (amount: number) =>
      award({ lines: [{ currency: 'puntos', amount, kind: 'adjust', by, lot }], effects: [] });
    expect([describeAward(adjusted(50), names, spanish).points, isCalm(adjusted(50))]).toEqual(['+50 puntos', false]);
    expect([describeAward(adjusted(-50), names, spanish).points, isCalm(adjusted(-50))]).toEqual(['−50 puntos', true]);
  });
});
