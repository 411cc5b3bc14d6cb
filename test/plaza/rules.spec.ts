import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { aCompiledProgram, aPurchase, EngineRun } from '#support/engine-run.js';

const program = aCompiledProgram();
const aMemberRun = (): EngineRun => new EngineRun(program);

/** What the rules (not the missions) of one decision gave, by rule. */
function ruled(run: EngineRun, activity: Parameters<EngineRun['submit']>[0], at?: string): Record<string, number> {
  const { lines } = run.submit(activity, at);
  const rules = lines.filter(({ by }) => by.kind === 'rule');
  return Object.fromEntries(rules.map(({ by, amount }) => [by.id, amount]));
}

/** Brings a member to a tier on an ordinary Tuesday of 2017. */
function inTier(total: number): EngineRun {
  const run = aMemberRun();
  run.submit(aPurchase(total));
  return run;
}

describe('compra', () => {
  test.each([
    [0, {}],
    [99, {}],
    [100, { compra: 1 }],
    [199, { compra: 1 }],
    [3_600, { compra: 36 }],
    [1_000_000_000_000, { compra: 10_000_000_000 }],
  ])('D2 a total of %i gives %j to a Socio', (total, gives) => {
    expect(ruled(aMemberRun(), aPurchase(total))).toEqual(gives);
  });

  test.each([
    ['plata', 50_000, 110, 3_600, 39],
    ['oro', 150_000, 125, 3_600, 45],
    ['platino', 400_000, 150, 3_600, 54],
  ])('G6 a %s earns by its percentage', (tier, first, _percent, total, gives) => {
    const run = inTier(first);
    expect(run.state.tier?.id).toBe(tier);
    expect(ruled(run, aPurchase(total))).toEqual({ compra: gives });
  });

  test('G6 the tier that counts is the one held just before: the purchase that reaches Plata earns as a Socio', () => {
    expect(ruled(aMemberRun(), aPurchase(60_000))).toEqual({ compra: 600 });
  });

  test.each([
    // 4.35 × 110 / 100 = 4.785; 1.15 × 100 is 114.99999999999999 in floating point.
    [435, 4],
    [11_500, 126],
    [1_010, 11],
    [9_090, 99],
    [100_000_001, 1_100_000],
  ])('D2 no floating point comes near: %i as Plata gives %i', (total, gives) => {
    expect(ruled(inTier(50_000), aPurchase(total))).toEqual({ compra: gives });
  });

  test('a purchase with a total of 0 is accepted, earns nothing, and counts', () => {
    const run = aMemberRun();
    const decision = run.submit(aPurchase(0));
    expect(decision).toMatchObject({ outcome: 'accepted', lines: [] });
    expect(decision.effects).toContainEqual(
      expect.objectContaining({ type: 'mission.progressed', mission: 'diez-visitas', progress: 1 }),
    );
    expect(decision.effects).toContainEqual(
      expect.objectContaining({ type: 'badge.granted', badge: 'primera-compra' }),
    );
    expect(decision.receipt.missed).toContainEqual(['rule:compra', 1, 'zero', 0, 1]);
  });

  test.each([
    ['2017-02-08T10:00:00.000Z', 20],
    ['2017-02-07T22:59:59.999Z', 10],
    ['2017-02-07T23:00:00.000Z', 20],
    ['2017-02-08T22:59:59.999Z', 20],
    ['2017-02-08T23:00:00.000Z', 10],
    // Summer time began on 26 March 2017: midnight in Madrid is then 22:00 in UTC.
    ['2017-03-28T21:59:59.999Z', 10],
    ['2017-03-28T22:00:00.000Z', 20],
    ['2017-03-29T22:00:00.000Z', 10],
    // It ended on 29 October 2017.
    ['2017-10-31T22:59:59.999Z', 10],
    ['2017-10-31T23:00:00.000Z', 20],
  ])('C12 Wednesday is a day of Madrid, also around the changes of the clock: %s gives %i for 10 €', (at, gives) => {
    expect(ruled(aMemberRun(), aPurchase(1_000, at))).toEqual({ compra: gives });
  });

  test('C12 percentage and Wednesday multiply before the one rounding', () => {
    // 4.55 × 1.1 × 2 = 10.01; rounding in between would give 8 or 10.
    expect(ruled(inTier(50_000), aPurchase(455, '2017-02-08T10:00:00.000Z'))).toEqual({ compra: 10 });
    expect(ruled(inTier(50_000), aPurchase(50, '2017-02-08T10:00:00.000Z'))).toEqual({ compra: 1 });
  });

  test('B5 a late Wednesday is still a Wednesday, decided in the tier held when it arrives', () => {
    const run = inTier(50_000);
    expect(ruled(run, aPurchase(1_000, '2017-02-01T10:00:00.000Z'), '2017-02-07T11:00:00.000Z')).toEqual({
      compra: 22,
    });
    expect(run.journal.at(-1)?.lines[0]?.lot).toEqual({ activated: '2017-02-01', expires: '2018-02-02' });
  });

  test('D4 the receipt holds each factor as it was seen', () => {
    const { receipt } = inTier(50_000).submit(aPurchase(3_600, '2017-02-08T10:00:00.000Z'));
    expect(receipt.fired[0]).toEqual({
      kind: 'rule',
      id: 'compra',
      rev: 1,
      currency: 'puntos',
      amount: 79,
      factors: [
        { field: 'totalMinor', value: 3_600, unit: 'EUR' },
        { ratio: [1, 100] },
        { tier: 'plata', percent: 110 },
        { boost: 'miercoles', ratio: [2, 1] },
      ],
    });
  });
});

describe('marca-propia', () => {
  test.each([
    [0, {}],
    [99, {}],
    [100, { 'marca-propia': 1 }],
    [199, { 'marca-propia': 1 }],
    [1_234, { 'marca-propia': 12 }],
  ])('own brand of %i gives %j', (privateLabelMinor, gives) => {
    expect(ruled(aMemberRun(), aPurchase(0, undefined, { privateLabelMinor }))).toEqual(gives);
  });

  test('neither tier nor Wednesday multiplies it', () => {
    const wednesday = aPurchase(0, '2017-02-08T10:00:00.000Z', { privateLabelMinor: 1_000 });
    expect(ruled(inTier(400_000), wednesday)).toEqual({ 'marca-propia': 10 });
  });

  test('D4 below one euro the receipt names the value seen and needed; without the attribute nothing was seen', () => {
    const run = aMemberRun();
    const { receipt } = run.submit(aPurchase(1_000, undefined, { privateLabelMinor: 99 }));
    expect(receipt.missed).toContainEqual(['rule:marca-propia', 1, 'field:privateLabelMinor:gte', 99, 100]);
    expect(run.submit(aPurchase(1_000)).receipt.missed).toContainEqual([
      'rule:marca-propia',
      1,
      'field:privateLabelMinor:gte',
      null,
      100,
    ]);
  });
});

describe('limits', () => {
  const aCoupon = (occurredAt: string) => ({ type: 'coupon.redeemed', occurredAt, attributes: { coupon: 'C1' } });
  const noon = (date: string): string => `${date}T11:00:00.000Z`;

  test('B8 cupon gives 25 four times a day; the fifth is accepted and earns nothing', () => {
    const run = aMemberRun();
    for (let time = 1; time <= 4; time += 1) expect(ruled(run, aCoupon(noon('2017-02-07')))).toEqual({ cupon: 25 });
    const fifth = run.submit(aCoupon(noon('2017-02-07')));
    expect(fifth).toMatchObject({ outcome: 'accepted', lines: [], effects: [] });
    expect(fifth.receipt.missed).toEqual([['rule:cupon', 1, 'cap:day', 4, 4]]);
    expect(ruled(run, aCoupon(noon('2017-02-08')))).toEqual({ cupon: 25 });
  });

  test('B8 the day is Madrid’s, not UTC’s', () => {
    const run = aMemberRun();
    for (let time = 1; time <= 4; time += 1) run.submit(aCoupon('2017-02-07T22:30:00.000Z'));
    expect(ruled(run, aCoupon('2017-02-07T23:30:00.000Z'))).toEqual({ cupon: 25 });
  });

  test('B5 B8 a late coupon counts in the day on which it happened', () => {
    const run = aMemberRun();
    for (let time = 1; time <= 4; time += 1) run.submit(aCoupon(noon('2017-02-07')));
    run.submit(aCoupon(noon('2017-02-09')));
    expect(ruled(run, aCoupon(noon('2017-02-07')), noon('2017-02-09'))).toEqual({});
    expect(ruled(run, aCoupon(noon('2017-02-08')), noon('2017-02-09'))).toEqual({ cupon: 25 });
  });

  test('B8 cap.used says what is left', () => {
    expect(aMemberRun().submit(aCoupon(noon('2017-02-07'))).effects).toEqual([
      { type: 'cap.used', rule: 'cupon', cap: 'cupon', period: '2017-02-07', times: 1, points: 25, left: 3 },
    ]);
  });

  test('respuesta gives 20 five times a day', () => {
    const run = aMemberRun();
    const answer = { type: 'forum.accepted', occurredAt: noon('2017-02-07'), attributes: { thread: 't', post: 'p' } };
    for (let time = 1; time <= 5; time += 1) expect(ruled(run, answer)).toEqual({ respuesta: 20 });
    expect(ruled(run, answer)).toEqual({});
  });

  test('perfil gives 50 once, for ever', () => {
    const run = aMemberRun();
    const on = (date: string) => ({ type: 'profile.completed', occurredAt: noon(date), attributes: {} });
    expect(ruled(run, on('2017-02-07'))).toEqual({ perfil: 50 });
    expect(ruled(run, on('2017-02-08'))).toEqual({});
    // Long after every other bucket of that time is forgotten.
    run.submit(aPurchase(100, noon('2019-06-04')));
    expect(ruled(run, on('2019-06-05'))).toEqual({});
  });

  test('amiga gives 150 to the friend, and 300 to who invited for at most ten friends a month', () => {
    const qualified = (role: string, date: string) => ({
      type: 'referral.qualified',
      occurredAt: noon(date),
      attributes: { role, other: 'o', purchase: 'p' },
    });
    const run = aMemberRun();
    expect(ruled(run, qualified('friend', '2017-02-01'))).toEqual({ amiga: 150 });
    for (let friend = 1; friend <= 10; friend += 1)
      expect(ruled(run, qualified('advocate', '2017-02-28'))).toEqual({ amiga: 300 });
    expect(ruled(run, qualified('advocate', '2017-02-28'))).toEqual({});
    expect(ruled(run, qualified('friend', '2017-02-28'))).toEqual({ amiga: 150 });
    expect(ruled(run, qualified('advocate', '2017-03-01'))).toEqual({ amiga: 300 });
  });
});

describe('what comes in', () => {
  const problemsOf = (type: string, attributes: unknown) => program.activityTypes.get(type)?.validate(attributes);

  test('a negative total is refused, with the field named: returns are reversals', () => {
    expect(problemsOf('purchase', { totalMinor: -1 })).toEqual([
      { path: ['totalMinor'], code: 'minimum', params: { minimum: 0 } },
    ]);
  });

  test.each([
    [{}, [{ path: ['totalMinor'], code: 'required' }]],
    [{ totalMinor: 1.5 }, [{ path: ['totalMinor'], code: 'type.integer' }]],
    [{ totalMinor: '1' }, [{ path: ['totalMinor'], code: 'type.integer' }]],
    [
      { totalMinor: 1_000_000_000_001 },
      [{ path: ['totalMinor'], code: 'maximum', params: { maximum: 1_000_000_000_000 } }],
    ],
    [{ totalMinor: 1, total: 1 }, [{ path: ['total'], code: 'unknown' }]],
    [
      { totalMinor: 1, departments: [{ name: 'PAN' }] },
      [{ path: ['departments', 0, 'amountMinor'], code: 'required' }],
    ],
  ])('B2 %j is refused with the field named', (attributes, problems) => {
    expect(problemsOf('purchase', attributes)).toEqual(problems);
  });

  test('every type of plaza takes what its description says, and types of the program are marked', () => {
    expect(
      problemsOf('purchase', {
        totalMinor: 1,
        privateLabelMinor: 0,
        store: '330',
        departments: [{ name: 'PAN', amountMinor: 0 }],
      }),
    ).toEqual([]);
    expect(problemsOf('coupon.redeemed', { coupon: 'C', campaign: '26' })).toEqual([]);
    expect(problemsOf('referral.qualified', { role: 'friend', other: 'o', purchase: 'p' })).toEqual([]);
    expect(problemsOf('profile.completed', {})).toEqual([]);
    expect(problemsOf('forum.accepted', { thread: 't', post: 'p' })).toEqual([]);
    expect(problemsOf('event.attended', { event: 'e' })).toEqual([]);
    expect(problemsOf('survey.answered', { survey: 's' })).toEqual([]);
    expect(problemsOf('share.published', { network: 'n', url: 'https://example.com' })).toEqual([]);
    expect(shoppingCentre.activityTypes.filter(({ from }) => from === 'program').map(({ id }) => id)).toEqual([
      'referral.qualified',
      'profile.completed',
      'forum.thread',
      'forum.reply',
      'forum.reaction',
    ]);
  });
});
