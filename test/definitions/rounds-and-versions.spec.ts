import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { decide } from '@verbena/server/engine/decide.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const visitOn = (run: EngineRun, date: string, attributes: Record<string, unknown> = {}) =>
  run.submit({ type: 'visit', occurredAt: noon(date), attributes });
const runOf = (given: Partial<Definitions>): EngineRun =>
  new EngineRun(aCompiledProgram({ definitions: aSmallProgram(given) }));

describe('rounds', () => {
  test('D2 a mission grants a badge, the badge sets off a rule, its points reach a tier, the tier sets off another rule', () => {
    const run = runOf({
      rules: [
        aRule({ id: 'por-categoria', on: { tier: 'oro' }, earn: points(7) }),
        aRule({ id: 'por-insignia', on: { badge: 'insignia' }, earn: points(100) }),
      ],
      missions: [
        aMission({ goal: { kind: 'count', target: 1, per: 'ever' }, reward: { points: [], badges: ['insignia'] } }),
      ],
      badges: [aBadge()],
      tiers: [aTier('base', 0), aTier('oro', 100)],
    });
    const { lines, effects } = visitOn(run, '2017-02-07');
    expect(lines.map(({ by, amount }) => [by.id, amount])).toEqual([
      ['por-insignia', 100],
      ['por-categoria', 7],
    ]);
    expect(effects.map(({ type }) => type)).toEqual([
      'mission.progressed',
      'mission.completed',
      'badge.granted',
      'tier.moved',
    ]);
  });

  test('D2 a definition fires once a decision, however many things set it off', () => {
    const run = runOf({
      rules: [aRule({ on: { mission: 'doble' } })],
      missions: [
        aMission({
          id: 'una',
          goal: { kind: 'count', target: 1, per: 'ever' },
          reward: { points: [], badges: ['aa'] },
        }),
        aMission({
          id: 'otra',
          goal: { kind: 'count', target: 1, per: 'ever' },
          reward: { points: [], badges: ['bb'] },
        }),
        aMission({
          id: 'doble',
          on: { mission: 'una' },
          goal: { kind: 'count', target: 1, per: 'day' },
          reward: { points: [], badges: [] },
        }),
      ],
      badges: [aBadge({ id: 'aa' }), aBadge({ id: 'bb' })],
    });
    const { effects, lines } = visitOn(run, '2017-02-07');
    expect(effects.filter((effect) => effect.type === 'mission.completed' && effect.mission === 'doble').length).toBe(
      1,
    );
    expect(lines.length).toBe(1);
  });

  test('D2 tier, badges and percentage are those before the decision; counters are seen as they grow', () => {
    const run = runOf({
      rules: [
        aRule({ id: 'con-insignia', on: { mission: 'mision' }, when: { badge: 'insignia' } }),
        aRule({
          id: 'cuenta',
          when: { count: { activity: 'visit', window: { period: 'ever' } }, op: 'eq', value: 1 },
          earn: points(5),
        }),
      ],
      missions: [
        aMission({ goal: { kind: 'count', target: 1, per: 'day' }, reward: { points: [], badges: ['insignia'] } }),
      ],
      badges: [aBadge()],
    });
    expect(visitOn(run, '2017-02-07').lines.map(({ by }) => by.id)).toEqual(['cuenta']);
    expect(visitOn(run, '2017-02-08').lines.map(({ by }) => by.id)).toEqual(['con-insignia']);
  });

  test('C8 a limit in points gives the last ones in part and then nothing', () => {
    const cap = { per: 'month' as const, points: 25 };
    const run = runOf({
      rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ ratio: [10, 1] }] }, cap }] })],
    });
    const given = ['2017-02-07', '2017-02-08', '2017-02-09', '2017-02-10', '2017-03-01'].map((date) =>
      visitOn(run, date),
    );
    expect(given.map(({ lines }) => lines[0]?.amount)).toEqual([10, 10, 5, undefined, 10]);
    expect(given[2]?.receipt.fired[0]?.factors).toEqual([{ ratio: [10, 1] }, { bound: 'cap', value: 5 }]);
    expect(given[3]?.receipt.missed).toEqual([['rule:regla', 1, 'cap:month', 25, 25]]);
  });

  test('M3 a gain that would take a balance, with what is pending, beyond 10¹² refuses the whole decision', () => {
    const amount = { product: [{ field: 'n' }] };
    const run = runOf({
      rules: [
        aRule({ earn: [{ currency: 'puntos', amount }] }),
        aRule({ id: 'luego', earn: [{ currency: 'puntos', amount, pending: { days: 14 } }] }),
      ],
    });
    expect(visitOn(run, '2017-02-07', { n: 400_000_000_000 }).outcome).toBe('accepted');
    const full = { outcome: 'refused', refusal: 'points.tooMany', lines: [] };
    expect(visitOn(run, '2017-02-08', { n: 100_000_000_001 })).toMatchObject(full);
    expect(visitOn(run, '2017-02-08', { n: 100_000_000_000 }).outcome).toBe('accepted');
    expect(visitOn(run, '2017-02-09', { n: 1 })).toMatchObject(full);
    expect(run.state.balances).toEqual({ puntos: 500_000_000_000 });
  });

  test('an amount beyond 10¹² refuses the whole decision, which is an entry all the same', () => {
    const run = runOf({
      rules: [
        aRule({ earn: points(1) }),
        aRule({
          id: 'enorme',
          earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }, { ratio: [2, 1] }] } }],
        }),
      ],
    });
    visitOn(run, '2017-02-07', { n: 1 });
    const before = run.state;
    expect(visitOn(run, '2017-02-08', { n: 1_000_000_000_000 })).toMatchObject({
      outcome: 'refused',
      refusal: 'points.tooMany',
      lines: [],
      effects: [],
    });
    expect(run.state).toEqual({ ...before, seq: 2, newestOccurredAt: noon('2017-02-08') });
  });

  test('an activity without any definition is accepted and changes nothing but its number', () => {
    const run = runOf({});
    expect(run.submit({ type: 'visit', occurredAt: noon('2017-02-07'), attributes: {} })).toMatchObject({
      outcome: 'accepted',
      lines: [],
      effects: [],
    });
    expect(run.state.seq).toBe(1);
  });

  test('E3 a zone of the member’s own cuts its days; the program’s cuts the program’s', () => {
    const missions = [aMission({ id: 'mia', zone: 'member' as const }), aMission({ id: 'suya' })];
    const run = new EngineRun(aCompiledProgram({ definitions: aSmallProgram({ missions }) }), 'Pacific/Auckland');
    run.submit({ type: 'visit', occurredAt: '2017-02-28T15:00:00.000Z', attributes: {} });
    expect(Object.keys(run.state.missions['mia']?.periods ?? {})).toEqual(['2017-03']);
    expect(Object.keys(run.state.missions['suya']?.periods ?? {})).toEqual(['2017-02']);
  });
});

describe('versions', () => {
  const first = aSmallProgram({ missions: [aMission()] });
  const second = aSmallProgram({
    missions: [
      aMission({
        rev: 2,
        goal: { kind: 'count', target: 5, per: 'month' },
        reward: { points: [{ currency: 'puntos', amount: 99 }], badges: [] },
      }),
    ],
  });

  test('E12 who began a period under an older revision ends it under that one; the next period is the new one', () => {
    const run = new EngineRun(aCompiledProgram({ definitions: first }));
    visitOn(run, '2017-02-07');
    run.program = aCompiledProgram({ definitions: second, older: [first] });
    const done = visitOn(run, '2017-02-08');
    expect(done.lines.map(({ amount, by }) => [amount, by.rev])).toEqual([[10, 1]]);
    visitOn(run, '2017-03-07');
    expect(run.state.missions['mision']?.periods['2017-03']).toEqual({ rev: 2, progress: 1, done: false });
  });

  test('E12 who had not begun plays the new one', () => {
    const run = new EngineRun(aCompiledProgram({ definitions: second, older: [first] }));
    visitOn(run, '2017-02-07');
    visitOn(run, '2017-02-08');
    expect(run.balance).toBe(0);
    expect(run.state.missions['mision']?.periods['2017-02']).toEqual({ rev: 2, progress: 2, done: false });
  });

  test('E12 a mission that was taken away can still be finished by who was in the middle of it', () => {
    const gone = aCompiledProgram({ definitions: aSmallProgram(), older: [first] });
    const inside = new EngineRun(aCompiledProgram({ definitions: first }));
    visitOn(inside, '2017-02-07');
    inside.program = gone;
    expect(visitOn(inside, '2017-02-08').lines.map(({ amount }) => amount)).toEqual([10]);
    const outside = new EngineRun(gone);
    visitOn(outside, '2017-02-07');
    visitOn(outside, '2017-02-08');
    expect(outside.state.missions).toEqual({});
  });

  test('E6 E12 a streak keeps the revision with which it began until it ends', () => {
    const streak = (rev: number, weeks: number) =>
      aSmallProgram({ missions: [aMission({ rev, goal: { kind: 'streak', weeks } })] });
    const run = new EngineRun(aCompiledProgram({ definitions: streak(1, 3) }));
    visitOn(run, '2017-01-02');
    visitOn(run, '2017-01-09');
    run.program = aCompiledProgram({ definitions: streak(2, 2), older: [streak(1, 3)] });
    expect(visitOn(run, '2017-01-16').effects).toContainEqual(
      expect.objectContaining({ type: 'mission.completed', rev: 1, weeks: ['2017-W01', '2017-W02', '2017-W03'] }),
    );
    visitOn(run, '2017-01-23');
    expect(visitOn(run, '2017-01-30').effects).toContainEqual(
      expect.objectContaining({ type: 'mission.completed', rev: 2, weeks: ['2017-W04', '2017-W05'] }),
    );
  });

  test('G8 a tier keeps its revision until it ends; the lowest goes by the present one at once', () => {
    const tiers = (rev: number, percent: number) => [
      aTier('base', 0, { rev, percent }),
      aTier('oro', 100, { rev, percent: percent * 2 }),
    ];
    const rules = [
      aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }, { tier: 'percent' }] } }] }),
    ];
    const old = aSmallProgram({ rules, tiers: tiers(1, 100) });
    const next = aCompiledProgram({ definitions: aSmallProgram({ rules, tiers: tiers(2, 50) }), older: [old] });
    const gold = new EngineRun(aCompiledProgram({ definitions: old }));
    visitOn(gold, '2017-02-07', { n: 100 });
    const base = new EngineRun(aCompiledProgram({ definitions: old }));
    visitOn(base, '2017-02-07', { n: 1 });
    gold.program = next;
    base.program = next;
    expect(visitOn(gold, '2017-02-08', { n: 10 }).lines.map(({ amount }) => amount)).toEqual([20]);
    expect(visitOn(base, '2017-02-08', { n: 10 }).lines.map(({ amount }) => amount)).toEqual([5]);
    gold.strike(noon('2019-01-02'));
    visitOn(gold, '2019-01-08', { n: 100 });
    expect(gold.state.tier).toMatchObject({ id: 'base', rev: 2 });
  });

  test('state.extended fills what a new version counts and drops what it no longer does', () => {
    const counting = (window: { days: number } | { period: 'ever' }) =>
      aSmallProgram({ rules: [aRule({ when: { count: { activity: 'visit', window }, op: 'gte', value: 3 } })] });
    const run = new EngineRun(aCompiledProgram({ definitions: counting({ period: 'ever' }) }));
    visitOn(run, '2017-02-06');
    visitOn(run, '2017-02-07');
    run.program = aCompiledProgram({ definitions: counting({ days: 7 }) });
    const [counter] = [...run.program.counters.byId.keys()];
    const counters = { [counter ?? '']: { '2017-02-06': 1, '2017-02-07': 1 } };
    const extended = run.submit({ type: 'state.extended', occurredAt: noon('2017-02-07'), attributes: { counters } });
    expect(extended).toMatchObject({
      lines: [],
      effects: [{ type: 'state.extended', counters, dropped: ['visit_count_ever'] }],
    });
    expect(visitOn(run, '2017-02-12').lines.map(({ amount }) => amount)).toEqual([1]);
    expect(visitOn(run, '2017-02-14').lines).toEqual([]);
  });

  test('C10 state.repaired takes the state that it brings', () => {
    const run = runOf({ rules: [aRule({ earn: points(5) })] });
    visitOn(run, '2017-02-07');
    const right = {
      ...run.state,
      balances: { puntos: 4 },
      lots: { puntos: [{ activated: '2017-02-07', expires: null, amount: 4 }] },
    };
    run.submit({ type: 'state.repaired', occurredAt: noon('2017-02-07'), attributes: { state: right } });
    expect(run.state).toEqual({ ...right, seq: 2 });
  });

  test('a broken repair is refused by throwing, which the ledger quarantines', () => {
    const program = aCompiledProgram({ definitions: aSmallProgram() });
    const dates = { program: '2017-02-07', member: '2017-02-07' };
    const activity = { type: 'state.repaired', occurredAt: noon('2017-02-07'), attributes: { state: { seq: 'x' } } };
    expect(() =>
      decide(
        program,
        initialState(program),
        { calendar: { occurred: dates, now: dates } },
        activity,
        activity.occurredAt,
      ),
    ).toThrow();
  });
});
