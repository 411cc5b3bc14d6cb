import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from '#support/small-program.js';
import { aCompiledProgram, aPurchase, EngineRun } from '#support/engine-run.js';

const visit = (occurredAt: string, attributes: Record<string, unknown> = {}) => ({
  type: 'visit',
  occurredAt,
  attributes,
});
const day = (date: string, hour = 10) => `${date}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const may = (date: number) => day(`2017-05-${String(date).padStart(2, '0')}`);

/** A run of `plaza` in which purchases of no value mark days. */
function aRun(...dates: readonly string[]): EngineRun {
  const run = new EngineRun(aCompiledProgram());
  for (const date of dates) run.submit(aPurchase(0, date));
  return run;
}

const completionsOf = (run: EngineRun, mission: string): number => run.state.missions[mission]?.completions ?? 0;
const kindsOf = (lines: readonly { kind: string; amount: number }[]) => lines.map(({ kind, amount }) => [kind, amount]);

describe('points', () => {
  test('C5 each line is negated as it was written: no boost, no percentage is computed anew', () => {
    const run = new EngineRun(aCompiledProgram());
    // 500 points make Plata; the Wednesday counts double and by Plata’s 110 %.
    run.submit(aPurchase(60_000, day('2017-05-02')));
    run.submit(aPurchase(10_000, day('2017-05-03'), { privateLabelMinor: 500 }));
    expect(run.balance).toBe(600 + 220 + 5);
    const decision = run.reverse(2, day('2017-05-04'));
    expect(kindsOf(decision.lines)).toEqual([
      ['reverse', -220],
      ['reverse', -5],
    ]);
    expect(decision.lines.map(({ by, lot }) => [by.id, lot.activated])).toEqual([
      ['compra', '2017-05-03'],
      ['marca-propia', '2017-05-03'],
    ]);
    expect(run.state.earned['puntos']).toEqual({ ever: 600, years: { 2017: 600 } });
  });

  test('#9 C5 what was earned of the year falls at once, and the tier with it', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(aPurchase(450_000, may(2)));
    expect(run.state.tier?.id).toBe('platino');
    const { effects } = run.reverse(1);
    expect(run.state.earned['puntos']?.years).toEqual({ 2017: 0 });
    expect(run.state.tier).toEqual({ id: 'socio', rev: 1, since: null, until: null });
    expect(effects.at(-1)).toEqual({
      type: 'tier.moved',
      ...{ from: 'platino', to: 'socio', rev: 1, direction: 'down', since: null, until: null },
    });
  });

  test('C5 points that expired meanwhile come back for a moment, so that the balance neither falls nor grows', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(aPurchase(5_000, day('2017-05-02')));
    run.submit(aPurchase(700, day('2018-05-08')));
    expect(run.balance).toBe(7);
    const decision = run.reverse(1);
    expect(kindsOf(decision.lines)).toEqual([
      ['expire', 50],
      ['reverse', -50],
    ]);
    expect(run.balance).toBe(7);
    expect(run.state.earned['puntos']?.ever).toBe(7);
    expect(decision.receipt.fired).toMatchObject([
      { kind: 'currency', amount: 50 },
      { kind: 'rule', id: 'compra', amount: -50 },
    ]);
  });

  test('C5 an allowance is free again; what met it full stays without points', () => {
    const run = new EngineRun(aCompiledProgram());
    const coupon = (hour: number) => ({
      type: 'coupon.redeemed',
      occurredAt: day('2017-05-02', hour),
      attributes: { coupon: 'a' },
    });
    for (const hour of [8, 9, 10, 11, 12]) run.submit(coupon(hour));
    expect(run.balance).toBe(100);
    expect(run.reverse(2).effects).toContainEqual(
      expect.objectContaining({ type: 'cap.used', times: -1, points: -25, left: 1 }),
    );
    expect(run.balance).toBe(75);
    run.submit(coupon(13));
    run.submit(coupon(14));
    expect(run.balance).toBe(100);
  });

  test('C5 `perfil` can be had again once it was taken back', () => {
    const run = new EngineRun(aCompiledProgram());
    const profile = (date: string) => ({ type: 'profile.completed', occurredAt: date, attributes: {} });
    run.submit(profile(may(2)));
    run.reverse(1);
    expect(run.submit(profile(may(3))).lines).toMatchObject([{ amount: 50 }]);
    expect(run.submit(profile(may(4))).lines).toEqual([]);
  });
});

describe('diez-visitas', () => {
  const ten = Array.from({ length: 10 }, (_, index) => may(index + 1));

  test('C5 the tenth taken back: the completion goes with its 100 points, and the next purchase completes it again', () => {
    const run = aRun(...ten);
    const before = run.balance;
    const decision = run.reverse(10);
    expect(decision.effects).toContainEqual({
      type: 'mission.reverted',
      mission: 'diez-visitas',
      rev: 1,
      period: '2017-05',
      progress: 9,
      target: 10,
      completions: 0,
      done: false,
      takenBack: true,
    });
    expect(decision.receipt.fired).toContainEqual({
      kind: 'mission',
      id: 'diez-visitas',
      rev: 1,
      currency: 'puntos',
      amount: -100,
    });
    expect(decision.receipt.missed).toContainEqual(['mission:diez-visitas', 1, 'progress:2017-05-31', 9, 10]);
    expect(run.balance).toBe(before - 100);
    run.submit(aPurchase(0, may(20)));
    expect(completionsOf(run, 'diez-visitas')).toBe(1);
    expect(run.balance).toBe(before);
  });

  test('C5 any of eleven taken back: ten remain, and the completion stays with its points, also in what is taken back', () => {
    for (const seq of [1, 10, 11]) {
      const run = aRun(...ten, may(11));
      const before = run.balance;
      run.reverse(seq);
      expect(completionsOf(run, 'diez-visitas')).toBe(1);
      expect(run.balance).toBe(before);
      // The next one takes it, wherever its reward stands.
      run.reverse(seq === 2 ? 3 : 2);
      expect(completionsOf(run, 'diez-visitas')).toBe(0);
      expect(run.balance).toBe(before - 100);
      expect(run.state.missions['diez-visitas']?.periods).toEqual({ '2017-05': { rev: 1, progress: 9, done: false } });
    }
  });

  test('C5 progress leaves its own month, also when it arrived late', () => {
    const run = aRun(may(1), day('2017-06-01'), may(2));
    run.reverse(3);
    expect(run.state.missions['diez-visitas']?.periods).toEqual({
      '2017-05': { rev: 1, progress: 1, done: false },
      '2017-06': { rev: 1, progress: 1, done: false },
    });
    run.reverse(2);
    expect(Object.keys(run.state.missions['diez-visitas']?.periods ?? {})).toEqual(['2017-05']);
  });
});

describe('ocho-secciones', () => {
  const basket = (date: string, ...names: readonly string[]) =>
    aPurchase(0, date, { departments: names.map((name) => ({ name, amountMinor: 1 })) });
  const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

  test('C5 a department stays collected while another basket names it', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(basket(may(1), 'a', 'b', 'c'));
    run.submit(basket(may(2), 'b', 'd'));
    run.submit(basket(may(3), 'a'));
    run.reverse(1);
    expect(run.state.missions['ocho-secciones']?.periods['2017-05']).toEqual({
      rev: 1,
      progress: 3,
      done: false,
      items: ['b', 'd', 'a'],
    });
  });

  test('C5 the badge goes with the last completion that gives it, not before', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(basket(may(1), ...eight));
    run.submit(basket(day('2017-06-01'), ...eight));
    expect(run.reverse(1).effects.map(({ type }) => type)).not.toContain('badge.revoked');
    expect(completionsOf(run, 'ocho-secciones')).toBe(1);
    const decision = run.reverse(2);
    expect(decision.effects).toContainEqual({ type: 'badge.revoked', badge: 'exploradora', rev: 1 });
    expect(run.state.badges).toEqual({});
    expect(run.balance).toBe(0);
  });
});

describe('racha-semanal', () => {
  const monday = (week: number) =>
    day(`2017-0${week < 5 ? 1 : 2}-${String(((week - 1) * 7 + 2) % 31 || 31).padStart(2, '0')}`);
  const weeksOf = (run: EngineRun) =>
    Object.fromEntries(
      Object.entries(run.state.missions['racha-semanal']?.weeks ?? {}).map(([week, { used }]) => [week, used]),
    );

  test('C5 a week leaves only with its last purchase', () => {
    const run = aRun(monday(1), monday(1), monday(2));
    run.reverse(1);
    expect(weeksOf(run)).toEqual({ '2017-W01': false, '2017-W02': false });
    const decision = run.reverse(2);
    expect(weeksOf(run)).toEqual({ '2017-W02': false });
    expect(decision.effects).toContainEqual(
      expect.objectContaining({ type: 'mission.reverted', left: '2017-W01', takenBack: false, progress: 1 }),
    );
  });

  test('C5 a completion that used it goes with its 80 points, and its other weeks count again', () => {
    const run = aRun(monday(1), monday(2), monday(3), monday(4));
    expect(completionsOf(run, 'racha-semanal')).toBe(1);
    const before = run.balance;
    run.reverse(2);
    expect(completionsOf(run, 'racha-semanal')).toBe(0);
    expect(run.balance).toBe(before - 80);
    expect(weeksOf(run)).toEqual({ '2017-W01': false, '2017-W03': false, '2017-W04': false });
    // A purchase that arrives late for that week closes the run again.
    run.submit(aPurchase(0, monday(2)));
    expect(completionsOf(run, 'racha-semanal')).toBe(1);
    expect(run.balance).toBe(before);
  });
});

describe('badges by count', () => {
  test('C5 `primera-compra` goes with the only purchase, `cliente-fiel` when a hundredth is missing', () => {
    const run = aRun(...Array.from({ length: 100 }, (_, index) => day('2017-05-02', index % 20)));
    expect(Object.keys(run.state.badges)).toEqual(['primera-compra', 'cliente-fiel']);
    run.reverse(40);
    expect(Object.keys(run.state.badges)).toEqual(['primera-compra']);
    run.submit(aPurchase(0, may(3)));
    expect(Object.keys(run.state.badges)).toEqual(['primera-compra', 'cliente-fiel']);
  });
});

describe('what sets off what', () => {
  const definitions = aSmallProgram({
    rules: [
      aRule({ id: 'base', earn: points(1) }),
      aRule({ id: 'de-mision', on: { mission: 'dos' }, earn: points(20) }),
      aRule({ id: 'de-insignia', on: { badge: 'insignia' }, earn: points(300) }),
      aRule({ id: 'de-encadenada', on: { mission: 'encadenada' }, earn: points(4_000) }),
      aRule({ id: 'de-categoria', on: { tier: 'oro' }, earn: points(7) }),
    ],
    missions: [
      aMission({
        id: 'dos',
        goal: { kind: 'count', target: 2, per: 'month' },
        reward: { points: [], badges: ['insignia'] },
      }),
      aMission({
        id: 'encadenada',
        on: { mission: 'dos' },
        goal: { kind: 'count', target: 1, per: 'ever' },
        reward: { points: [{ currency: 'puntos', amount: 50_000 }], badges: [] },
      }),
    ],
    badges: [aBadge()],
    tiers: [aTier('base', 0), aTier('oro', 300)],
  });

  test('C5 a completion takes with it what it set off, through badges, further missions and the tier', () => {
    const run = new EngineRun(aCompiledProgram({ definitions }));
    run.submit(visit(may(1)));
    run.submit(visit(may(2)));
    expect(run.balance).toBe(1 + 1 + 20 + 300 + 4_000 + 50_000 + 7);
    const decision = run.reverse(1);
    expect(run.balance).toBe(1);
    expect(decision.effects.map(({ type }) => type)).toEqual([
      'activity.reversed',
      'mission.reverted',
      'mission.reverted',
      'badge.revoked',
      'tier.moved',
    ]);
    expect(run.state.missions['encadenada']).toMatchObject({ completions: 0, periods: {} });
  });

  test('C5 with another completion left the badge stays with what it set off', () => {
    const run = new EngineRun(aCompiledProgram({ definitions }));
    for (const date of [may(1), may(2), day('2017-06-01'), day('2017-06-02')]) run.submit(visit(date));
    const before = run.balance;
    run.reverse(1);
    // Its own point and the rule on that completion; `encadenada` is still reached by June’s.
    expect(run.balance).toBe(before - 1 - 20);
    expect(Object.keys(run.state.badges)).toEqual(['insignia']);
    run.reverse(3);
    expect(run.balance).toBe(2);
  });

  test('C5 only what matched counts: a condition on the tier is asked as it was asked then', () => {
    const conditional = aSmallProgram({
      rules: [aRule({ id: 'base', earn: points(100) })],
      missions: [
        aMission({ id: 'de-oro', when: { tier: { is: 'oro' } }, goal: { kind: 'count', target: 2, per: 'month' } }),
      ],
      tiers: [aTier('base', 0), aTier('oro', 300)],
    });
    const run = new EngineRun(aCompiledProgram({ definitions: conditional }));
    for (const date of [1, 2, 3, 4, 5, 6]) run.submit(visit(may(date)));
    expect(completionsOf(run, 'de-oro')).toBe(1);
    // The first three came before Oro and never counted; of the three after it two remain.
    expect(run.reverse(1).effects.map(({ type }) => type)).toEqual(['activity.reversed']);
    run.reverse(5);
    expect(completionsOf(run, 'de-oro')).toBe(1);
    run.reverse(4);
    expect(completionsOf(run, 'de-oro')).toBe(0);
  });

  test('C5 a mission that was published later does not miss what came before it', () => {
    const before = aSmallProgram({ rules: [aRule({ id: 'base', earn: points(1) })] });
    const after = {
      ...before,
      missions: [aMission({ id: 'nueva', goal: { kind: 'count', target: 2, per: 'month' } })],
    };
    const run = new EngineRun(aCompiledProgram({ definitions: before }));
    run.submit(visit(may(1)));
    run.program = aCompiledProgram({ definitions: after, older: [before] });
    for (const date of [2, 3]) run.submit(visit(may(date)));
    expect(completionsOf(run, 'nueva')).toBe(1);
    run.reverse(1);
    expect(completionsOf(run, 'nueva')).toBe(1);
    run.reverse(2);
    expect(completionsOf(run, 'nueva')).toBe(0);
  });

  test('C5 a rule that is gone by now is still told apart by the trigger that it had', () => {
    const without = { ...definitions, rules: definitions.rules.filter(({ id }) => id === 'base') };
    const run = new EngineRun(aCompiledProgram({ definitions }));
    run.submit(visit(may(1)));
    run.submit(visit(may(2)));
    run.submit(visit(may(3)));
    const before = run.balance;
    run.program = aCompiledProgram({ definitions: without, older: [definitions] });
    // Two remain, so the completion stays, and with it what it set off in the entry that is taken back.
    run.reverse(2);
    expect(run.balance).toBe(before - 1);
    run.reverse(1);
    expect(run.balance).toBe(1);
  });
});

describe('refused', () => {
  test('C9 a reversal that nobody collected anything for is a defect, not a decision', () => {
    const run = aRun(may(1));
    expect(() => run.submit({ type: 'purchase.reversed', occurredAt: may(2), attributes: {} })).toThrow('collected');
  });
});
