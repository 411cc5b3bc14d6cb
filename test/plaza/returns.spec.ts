import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { decide } from '@verbena/server/engine/decide.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from '#support/small-program.js';
import { aCompiledProgram, aPurchase, EngineRun } from '#support/engine-run.js';

const day = (date: string, hour = 10) => `${date}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const may = (date: number) => day(`2017-05-${String(date).padStart(2, '0')}`);
const kindsOf = (lines: readonly { kind: string; amount: number }[]) => lines.map(({ kind, amount }) => [kind, amount]);
const basket = (date: string, totalMinor: number, ...names: readonly string[]) =>
  aPurchase(totalMinor, date, { departments: names.map((name) => ({ name, amountMinor: 1 })) });

describe('a return in part', () => {
  test('C5 books what the purchase and what remains of it differ by, under the tier and the boost of then', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(aPurchase(60_000, day('2017-05-02')));
    // Plata's 110 % on a Wednesday, which counts double: 220; now Oro, and a Thursday.
    run.submit(aPurchase(10_000, day('2017-05-03'), { privateLabelMinor: 500 }));
    run.submit(aPurchase(100_000, day('2017-05-04')));
    const before = run.balance;
    const decision = run.reverse(2, day('2017-05-05'), { totalMinor: 4_000, privateLabelMinor: 500 });
    expect(kindsOf(decision.lines)).toEqual([['reverse', -132]]);
    expect(decision.lines[0]).toMatchObject({ by: { id: 'compra' }, lot: { activated: '2017-05-03' } });
    expect(decision.effects[0]).toMatchObject({ type: 'activity.reversed', seq: 2, part: true });
    expect(run.balance).toBe(before - 132);
    // The visit stands: it still counts.
    expect(run.state.missions['diez-visitas']?.periods['2017-05']?.progress).toBe(3);
  });

  test('C5 one after another, and the rest as a whole: in the end exactly what was given is gone', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(aPurchase(9_999, may(2), { privateLabelMinor: 1_234 }));
    const given = run.balance;
    const steps = [
      { totalMinor: 7_050, privateLabelMinor: 1_234 },
      { totalMinor: 7_050, privateLabelMinor: 99 },
      { totalMinor: 12, privateLabelMinor: 99 },
    ];
    const taken = steps.map((remaining) => run.reverse(1, may(3), remaining).lines);
    expect(taken.map(kindsOf)).toEqual([[['reverse', -29]], [['reverse', -12]], [['reverse', -70]]]);
    expect(run.balance).toBe(given - 29 - 12 - 70);
    const rest = run.reverse(1, may(4));
    expect(rest.effects[0]).not.toHaveProperty('part');
    expect(run.balance).toBe(0);
    expect(run.state.earned['puntos']).toEqual({ ever: 0, years: { 2017: 0 } });
    expect(run.state.badges).toEqual({});
    expect(run.state.missions['diez-visitas']?.periods).toEqual({});
  });

  test('C5 departments that went back leave the collection, and its completion with them, unless another basket names them', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(basket(may(1), 0, 'a', 'b'));
    run.submit(basket(may(2), 0, 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
    expect(run.state.badges['exploradora']).toBeDefined();
    const first = run.reverse(2, may(3), basket('', 0, 'c', 'd', 'e', 'f', 'g', 'h').attributes);
    expect(first.effects.map(({ type }) => type)).toEqual(['activity.reversed']);
    const second = run.reverse(2, may(3), basket('', 0, 'c', 'd', 'e', 'f', 'g').attributes);
    expect(second.effects.map(({ type }) => type)).toEqual(['activity.reversed', 'mission.reverted', 'badge.revoked']);
    expect(run.state.missions['ocho-secciones']?.periods['2017-05']?.items).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
      'g',
    ]);
    expect(run.balance).toBe(0);
  });

  test('C5 a return never gives: where less would have earned more, nothing is booked', () => {
    const small = aRule({ id: 'pequenas', when: { field: 'n', op: 'lt', value: 10 }, earn: points(50) });
    const definitions = aSmallProgram({ rules: [small, aRule({ id: 'base', earn: points(7) })] });
    const run = new EngineRun(aCompiledProgram({ definitions }));
    run.submit({ type: 'visit', occurredAt: may(1), attributes: { n: 20 } });
    expect(run.reverse(1, may(2), { n: 5 }).lines).toEqual([]);
    expect(run.balance).toBe(7);
  });

  test('C5 sums and counters keep what remains; an allowance gets back the points, not the time', () => {
    const definitions = aSmallProgram({
      rules: [
        aRule({
          id: 'tope',
          earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] }, cap: { per: 'month', points: 100 } }],
        }),
        aRule({
          id: 'suma',
          when: { sum: { activity: 'visit', field: 'n', window: { period: 'month' } }, op: 'gte', value: 150 },
          earn: points(1_000),
        }),
      ],
    });
    const run = new EngineRun(aCompiledProgram({ definitions }));
    const visit = (n: number, date: number) => run.submit({ type: 'visit', occurredAt: may(date), attributes: { n } });
    visit(80, 1);
    run.reverse(1, may(2), { n: 30 });
    expect(run.balance).toBe(30);
    expect(Object.values(run.state.caps).flatMap((periods) => Object.values(periods))).toEqual([
      { times: 1, points: 30 },
    ]);
    // 30 + 90 are below 150, and 70 were left of the allowance.
    visit(90, 3);
    expect(run.balance).toBe(30 + 70);
  });

  test('C5 a badge by count with a filter goes when what remains no longer fits it', () => {
    const grant = { kind: 'count', activity: 'visit', target: 1, where: { field: 'n', op: 'gte', value: 10 } } as const;
    const definitions = aSmallProgram({
      badges: [aBadge({ grant })],
      missions: [aMission()],
      tiers: [aTier('base', 0)],
    });
    const run = new EngineRun(aCompiledProgram({ definitions }));
    run.submit({ type: 'visit', occurredAt: may(1), attributes: { n: 20 } });
    const stays = run.reverse(1, may(2), { n: 10 });
    expect(stays.effects.map(({ type }) => type)).toEqual(['activity.reversed']);
    expect(run.reverse(1, may(2), { n: 9 }).effects.map(({ type }) => type)).toContain('badge.revoked');
  });
});

/** A member of a program with this policy who earned 100 points, of which only so many are still there. */
function aSpender(onReversal: Definitions['currencies'][number]['onReversal'], left: number, others = 0) {
  const base = aSmallProgram({
    rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })],
  });
  const currencies = base.currencies.map((one) => ({ ...one, ...(onReversal === undefined ? {} : { onReversal }) }));
  const run = new EngineRun(aCompiledProgram({ definitions: { ...base, currencies } }));
  run.submit({ type: 'visit', occurredAt: may(1), attributes: { n: 100 } });
  const lots: MemberState['lots'][string] = [];
  if (left > 0) lots.push({ activated: '2017-05-01', expires: null, amount: left });
  if (others > 0) lots.push({ activated: '2017-05-02', expires: null, amount: others });
  const state: MemberState = { ...run.state, balances: { puntos: left + others }, lots: { puntos: lots } };
  return { run, state };
}

/** Takes the 100 points back from such a member. */
function takeBack(onReversal: Definitions['currencies'][number]['onReversal'], left: number, others = 0) {
  const { run, state } = aSpender(onReversal, left, others);
  run.reverse(1, may(3));
  const { facts, activity } = run.journal.at(-1) ?? {};
  if (facts?.reversed === undefined || activity === undefined) throw new Error('Nothing was taken back.');
  const lot = { activated: '2017-05-01', expires: null };
  const reversed = { ...facts.reversed, expired: [{ currency: 'puntos', lot, amount: 0 }] };
  const decision = decide(run.program, state, { ...facts, reversed }, activity, may(3));
  return { run, decision };
}

describe('points that were spent meanwhile', () => {
  test('C5 withinBalance, which is the default: others cover it as far as they go, the rest is left to the member', () => {
    for (const policy of [undefined, 'withinBalance'] as const) {
      const { decision } = takeBack(policy, 30, 50);
      expect(kindsOf(decision.lines)).toEqual([
        ['cover', -50],
        ['cover', 50],
        ['forgive', 20],
        ['reverse', -100],
      ]);
      expect(decision.state).toMatchObject({ balances: { puntos: 0 }, lots: { puntos: [] } });
      expect(decision.state.earned['puntos']?.ever).toBe(0);
      expect(decision.state.owed).toBeUndefined();
    }
    expect(takeBack('withinBalance', 30, 500).decision.state.balances).toEqual({ puntos: 430 });
  });

  test('C5 negative: the rest is owed, no balance is below zero, and the next points earned pay it first', () => {
    const { run, decision } = takeBack('negative', 10, 15);
    expect(decision.state).toMatchObject({ balances: { puntos: 0 }, owed: { puntos: 75 } });
    run.state = decision.state;
    const visit = (n: number) => run.submit({ type: 'visit', occurredAt: may(5), attributes: { n } });
    expect(kindsOf(visit(60).lines)).toEqual([
      ['earn', 60],
      ['repay', -60],
      ['repay', -60],
    ]);
    expect(run.state).toMatchObject({
      balances: { puntos: 0 },
      owed: { puntos: 15 },
      earned: { puntos: { ever: 60 } },
    });
    visit(40);
    expect(run.state).toMatchObject({ balances: { puntos: 25 }, earned: { puntos: { ever: 100 } } });
    expect(run.state).not.toHaveProperty('owed');
  });

  test('C5 pendingOnly: what became usable stays, and is no longer among what was earned', () => {
    const { decision } = takeBack('pendingOnly', 30, 50);
    expect(kindsOf(decision.lines)).toEqual([
      ['forgive', 100],
      ['reverse', -100],
    ]);
    expect(decision.state).toMatchObject({ balances: { puntos: 80 }, earned: { puntos: { ever: 0 } } });
  });
});
