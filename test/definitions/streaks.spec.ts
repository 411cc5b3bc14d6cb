import type { StreakGoal } from '@verbena/shared/missions/mission.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { missionCardOf } from '@verbena/server/missions/mission-card.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, points } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const visitOn = (run: EngineRun, ...dates: readonly string[]) =>
  dates.map((date) => run.submit({ type: 'visit', occurredAt: noon(date) }, undefined)).at(-1);
/** What arrives at `at` for another day. */
const lateVisit = (run: EngineRun, date: string, at: string) =>
  run.submit({ type: 'visit', occurredAt: noon(date) }, noon(at));
const say = (run: EngineRun, type: string, at: string, attributes: Record<string, unknown>) =>
  run.submit({ type, occurredAt: noon(at), attributes: { mission: 'mision', ...attributes } });

const runOf = (goal: Omit<StreakGoal, 'kind'>, zone?: string): EngineRun =>
  new EngineRun(
    aCompiledProgram({
      definitions: aSmallProgram({
        missions: [
          aMission({
            goal: { kind: 'streak', ...goal },
            zone: 'member',
            reward: { points: [{ currency: 'puntos', amount: 10 }], badges: ['insignia'] },
          }),
        ],
        badges: [aBadge()],
        rules: [aRule({ on: { badge: 'insignia' }, earn: points(5) })],
      }),
      time: 'wall',
    }),
    zone,
  );
const mission = (run: EngineRun) => run.state.missions['mision'];
const kept = (run: EngineRun) =>
  run.journal.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.type === 'streak.kept' ? [[effect.period, effect.by]] : [])),
  );

describe('E6 units', () => {
  test.each([
    ['day', ['2017-03-11', '2017-03-12', '2017-03-13']],
    ['week', ['2017-02-27', '2017-03-12', '2017-03-13']],
    ['month', ['2016-12-31', '2017-01-01', '2017-02-28']],
  ] as const)('E6 three %ss in a row complete it, across daylight saving and the year’s end', (unit, dates) => {
    const run = runOf({ unit, length: 3 }, 'America/New_York');
    visitOn(run, ...dates);
    expect(mission(run)).toMatchObject({ completions: 1 });
    expect(run.balance).toBe(15);
    run.reverse(2, noon(dates[2]));
    expect(mission(run)?.completions).toBe(0);
    expect(run.balance).toBe(0);
  });

  test('E6 the days are those of the member’s zone', () => {
    const run = runOf({ unit: 'day', length: 2 }, 'Pacific/Auckland');
    run.submit({ type: 'visit', occurredAt: '2017-03-01T10:59:00.000Z' });
    run.submit({ type: 'visit', occurredAt: '2017-03-01T11:01:00.000Z' });
    expect(mission(run)).toMatchObject({
      completions: 1,
      weeks: { '2017-03-01': { used: true }, '2017-03-02': { used: true } },
    });
  });
});

describe('E6 freezes', () => {
  test('E6 the clock takes one when a unit ends without anything, and the streak goes on without counting it', () => {
    const run = runOf({ unit: 'day', length: 3, freezes: { max: 2, start: 1 } });
    visitOn(run, '2017-03-01');
    run.strike(noon('2017-03-03'));
    expect(kept(run)).toEqual([['2017-03-02', 'freeze']]);
    expect(run.journal.at(-1)?.decision.receipt.fired).toEqual([{ kind: 'mission', id: 'mision', rev: 1 }]);
    visitOn(run, '2017-03-03');
    expect(mission(run)).toMatchObject({ completions: 0, freezes: 0 });
    visitOn(run, '2017-03-04');
    expect(mission(run)?.completions).toBe(1);
    // Without another one the next gap ends it.
    visitOn(run, '2017-03-05', '2017-03-07', '2017-03-08');
    expect(mission(run)?.completions).toBe(1);
  });

  test('E6 what arrives late for that unit gives the freeze back, and counts', () => {
    const run = runOf({ unit: 'day', length: 3, freezes: { max: 1, start: 1 } });
    visitOn(run, '2017-03-01', '2017-03-03');
    expect(mission(run)?.freezes).toBe(0);
    lateVisit(run, '2017-03-02', '2017-03-03');
    expect(mission(run)).toMatchObject({ completions: 1, freezes: 1 });
    expect(mission(run)?.weeks['2017-03-02']).toEqual({ rev: 1, used: true });
  });

  test('E6 C5 where a reversal leaves a hole that is over, a freeze steps in', () => {
    const run = runOf({ unit: 'day', length: 4, freezes: { max: 1, start: 1 } });
    visitOn(run, '2017-03-01', '2017-03-02', '2017-03-03');
    run.reverse(2, noon('2017-03-03'));
    expect(mission(run)).toMatchObject({ freezes: 0, weeks: { '2017-03-02': { kept: 'freeze' } } });
    visitOn(run, '2017-03-04', '2017-03-05');
    expect(mission(run)?.completions).toBe(1);
  });

  test('E6 a completion gains freezes up to the most; taking it back takes them back', () => {
    const run = runOf({ unit: 'day', length: 2, freezes: { max: 2, perCompletion: 1 } });
    visitOn(run, '2017-03-01', '2017-03-02', '2017-03-03', '2017-03-04', '2017-03-05', '2017-03-06');
    expect(mission(run)).toMatchObject({ completions: 3, freezes: 2 });
    run.reverse(6, noon('2017-03-06'));
    expect(mission(run)).toMatchObject({ completions: 2, freezes: 1 });
  });

  test('E6 freezes granted by staff keep what ends later, never a streak that had ended before', () => {
    const run = runOf({ unit: 'day', length: 3, freezes: { max: 2 } });
    visitOn(run, '2017-03-01');
    const granted = say(run, 'streak.granted', '2017-03-10', { freezes: 5 });
    expect(granted.effects).toEqual([
      { type: 'streak.granted', mission: 'mision', rev: 1, freezes: 2, from: '2017-03-10' },
    ]);
    run.strike(noon('2017-03-20'));
    expect(kept(run)).toEqual([]);
    visitOn(run, '2017-03-20');
    run.strike(noon('2017-03-22'));
    expect(kept(run)).toEqual([['2017-03-21', 'freeze']]);
    expect(say(run, 'streak.granted', '2017-03-22', { freezes: 1 }).outcome).toBe('accepted');
    expect(say(run, 'streak.granted', '2017-03-22', { freezes: 1 }).refusal).toBe('streak.freezesFull');
  });
});

describe('E6 pause, grace, restore', () => {
  test('E6 a planned pause keeps the streak, takes no freeze, and is bounded by the year', () => {
    const run = runOf({ unit: 'week', length: 3, freezes: { max: 1, start: 1 }, pause: { daysPerYear: 14 } });
    visitOn(run, '2017-03-01');
    expect(say(run, 'streak.paused', '2017-03-02', { from: '2017-03-01', until: '2017-03-05' }).refusal).toBe(
      'streak.pausePast',
    );
    expect(say(run, 'streak.paused', '2017-03-02', { from: '2017-03-10', until: '2017-03-24' }).refusal).toBe(
      'streak.pauseTooLong',
    );
    expect(say(run, 'streak.paused', '2017-03-02', { from: '2017-03-06', until: '2017-03-19' }).outcome).toBe(
      'accepted',
    );
    // Another plan takes the place of the first, whose days are given back.
    expect(say(run, 'streak.paused', '2017-03-02', { from: '2017-03-07', until: '2017-03-20' }).outcome).toBe(
      'accepted',
    );
    expect(mission(run)?.pauseDays).toEqual({ '2017': 14 });
    run.strike(noon('2017-03-21'));
    expect(kept(run)).toEqual([
      ['2017-W10', 'pause'],
      ['2017-W11', 'pause'],
    ]);
    visitOn(run, '2017-03-22', '2017-03-29');
    expect(mission(run)).toMatchObject({ completions: 1 });
    expect(mission(run)?.freezes).toBeUndefined();
    expect(say(run, 'streak.paused', '2017-04-01', { from: '2017-05-01', until: '2017-05-01' }).refusal).toBe(
      'streak.pauseTooLong',
    );
  });

  test('M1 a pause of days that do not exist is refused, whoever lets it through, and takes nothing back', () => {
    const run = runOf({ unit: 'week', length: 3, pause: { daysPerYear: 14 } });
    visitOn(run, '2017-03-01');
    const plans = [
      ['2017-12-99', '2018-01-01'],
      ['2017-03-10', '2017-99-99'],
      ['2017-02-30', '2017-03-12'],
      ['2017-12-20', '9999-12-31'],
      ['mañana', 'pasado'],
    ] as const;
    for (const [from, until] of plans)
      expect(say(run, 'streak.paused', '2017-03-02', { from, until })).toMatchObject({
        refusal: 'day.notFound',
        effects: [],
      });
    expect(say(run, 'streak.paused', '2017-03-02', { from: '2017-03-12', until: '2017-03-11' }).refusal).toBe(
      'streak.pausePast',
    );
    expect(mission(run)).not.toHaveProperty('pauseDays');
  });

  test('M1 a week that does not exist breaks no streak', () => {
    const run = runOf({ unit: 'week', length: 9 });
    visitOn(run, '2017-12-27', '2018-01-10');
    // 2017 has 52 weeks: the one after is the first of 2018.
    for (const period of ['2017-W53', '2017-W54', '2018-W00'])
      expect(say(run, 'streak.restored', '2018-01-20', { period }).refusal).toBe('streak.notBroken');
    expect(say(run, 'streak.restored', '2018-01-20', { period: '2018-W01' }).outcome).toBe('accepted');
  });

  test('E6 a plan that lies ahead can be given up, one that has begun cannot', () => {
    const run = runOf({ unit: 'day', length: 3, pause: { daysPerYear: 5 } });
    visitOn(run, '2017-03-01');
    say(run, 'streak.paused', '2017-03-01', { from: '2017-03-03', until: '2017-03-05' });
    expect(say(run, 'streak.paused', '2017-03-02', {}).effects).toMatchObject([{ from: null, days: 0 }]);
    say(run, 'streak.paused', '2017-03-02', { from: '2017-03-03', until: '2017-03-05' });
    expect(say(run, 'streak.paused', '2017-03-04', {}).refusal).toBe('streak.pauseRuns');
  });

  test('E6 in its days of grace something counts for the unit before where that is missing', () => {
    const run = runOf({ weeks: 3, graceDays: 2 });
    visitOn(run, '2017-03-01', '2017-03-14');
    expect(Object.keys(mission(run)?.weeks ?? {})).toEqual(['2017-W09', '2017-W10']);
    visitOn(run, '2017-03-14');
    expect(mission(run)?.completions).toBe(1);
    run.reverse(2, noon('2017-03-14'));
    expect(mission(run)).toMatchObject({
      completions: 0,
      weeks: { '2017-W09': { used: false }, '2017-W11': { used: false } },
    });
    expect(mission(run)?.weeks['2017-W10']).toBeUndefined();
  });

  test('E6 grace waits before a freeze is taken', () => {
    const run = runOf({ unit: 'day', length: 9, graceDays: 1, freezes: { max: 1, start: 1 } });
    visitOn(run, '2017-03-01');
    run.strike(noon('2017-03-03'));
    expect(kept(run)).toEqual([]);
    run.strike(noon('2017-03-04'));
    expect(kept(run)).toEqual([['2017-03-02', 'freeze']]);
  });

  test('E6 staff give back what broke a streak; what thereby becomes complete gives everything that it gives', () => {
    const run = runOf({ unit: 'day', length: 3 });
    visitOn(run, '2017-03-01', '2017-03-02', '2017-03-04');
    expect(say(run, 'streak.restored', '2017-03-05', { period: '2017-03-05' }).refusal).toBe('streak.notBroken');
    expect(say(run, 'streak.restored', '2017-03-05', { period: '2017-W09' }).refusal).toBe('streak.notBroken');
    const restored = say(run, 'streak.restored', '2017-03-05', { period: '2017-03-03' });
    expect(restored.effects.map(({ type }) => type)).toEqual(['streak.kept', 'mission.completed', 'badge.granted']);
    expect(run.balance).toBe(15);
    // A kept day counts for nothing itself: taking one of the three back takes all of it back.
    run.reverse(1, noon('2017-03-05'));
    expect(mission(run)?.completions).toBe(0);
    expect(run.balance).toBe(0);
  });

  test('E6 what has none refuses it', () => {
    const run = runOf({ weeks: 2 });
    visitOn(run, '2017-03-01');
    expect(say(run, 'streak.paused', '2017-03-02', { from: '2017-03-03', until: '2017-03-03' }).refusal).toBe(
      'streak.noPause',
    );
    expect(say(run, 'streak.granted', '2017-03-02', { freezes: 1 }).refusal).toBe('streak.noFreezes');
    expect(say(run, 'streak.granted', '2017-03-02', { mission: 'otra', freezes: 1 }).refusal).toBe('mission.notFound');
  });

  test('E6 grace as long as its unit, and more freezes than can be held, are refused with their place', () => {
    const goal = { kind: 'streak', weeks: 2, graceDays: 7, freezes: { max: 1, start: 2 } } as const;
    const problems = checkDefinitions(aSmallProgram({ missions: [aMission({ goal })] }), definitionCompilers);
    expect(problems.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['missions.0.goal.graceDays', 'mission.graceTooLong'],
      ['missions.0.goal.freezes.start', 'definition.minAboveMax'],
    ]);
  });
});

describe('E6 the card says what the next thing will say', () => {
  /** What the card shows on a day, and with how much the streak stands after something on that day. */
  const shownAndThen = (goal: Omit<StreakGoal, 'kind'>, dates: readonly string[], today: string) => {
    const run = runOf(goal);
    visitOn(run, ...dates);
    const [slot] = run.program.missions;
    if (slot === undefined) throw new Error('The program has no mission.');
    const card = missionCardOf(slot, run.state, { program: today, member: today });
    const next = visitOn(run, today)?.effects.findLast((effect) => effect.type === 'mission.progressed');
    return [card?.progress, card?.endsOn, next?.progress];
  };
  const weeks = { unit: 'week', length: 9 } as const;
  const days = { unit: 'day', length: 9 } as const;

  test.each([
    ['the week before has it', weeks, ['2026-10-27', '2026-11-03', '2026-11-10'], '2026-11-17', [3, '2026-11-22', 4]],
    ['this week has it', weeks, ['2026-11-03', '2026-11-10', '2026-11-17'], '2026-11-18', [3, '2026-11-29', undefined]],
    ['a week was missed', weeks, ['2026-10-27', '2026-11-03', '2026-11-10'], '2026-11-24', [0, null, 1]],
    ['two weeks were missed', weeks, ['2026-10-27', '2026-11-03'], '2026-11-24', [0, null, 1]],
    ['a day was missed', days, ['2026-11-14', '2026-11-15', '2026-11-16'], '2026-11-18', [0, null, 1]],
    [
      'a day was missed and the next one has it',
      days,
      ['2026-11-14', '2026-11-15', '2026-11-17'],
      '2026-11-18',
      [1, '2026-11-18', 2],
    ],
    [
      'a month was missed',
      { unit: 'month', length: 9 } as const,
      ['2026-08-14', '2026-09-15'],
      '2026-11-18',
      [0, null, 1],
    ],
    [
      'the days of grace run',
      { ...weeks, graceDays: 2 },
      ['2026-11-03', '2026-11-10'],
      '2026-11-24',
      [2, '2026-11-24', 3],
    ],
    [
      'the days of grace are over',
      { ...weeks, graceDays: 2 },
      ['2026-11-03', '2026-11-10'],
      '2026-11-25',
      [0, null, 1],
    ],
  ])('E6 where %s', (_, goal, dates, today, wanted) => {
    expect(shownAndThen(goal, dates, today)).toEqual(wanted);
  });
});
