import type { StreakGoal } from '@verbena/shared/missions/mission.js';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '@verbena/server/engine/fold.js';
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
    // Instead of the first, whose days are given back.
    const moved = { from: '2017-03-07', until: '2017-03-20', instead: '2017-03-06' };
    expect(say(run, 'streak.paused', '2017-03-02', moved).outcome).toBe('accepted');
    expect(mission(run)?.pauses).toEqual([{ from: '2017-03-07', until: '2017-03-20' }]);
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

  test('E6 planning the next pause leaves the one of the running week, and a late return still finds it', () => {
    const run = runOf({ unit: 'week', length: 9, pause: { daysPerYear: 30 } });
    visitOn(run, '2017-03-01');
    say(run, 'streak.paused', '2017-03-02', { from: '2017-03-06', until: '2017-03-07', instead: null });
    const next = { from: '2017-04-03', until: '2017-04-09', instead: null };
    expect(say(run, 'streak.paused', '2017-03-08', next).outcome).toBe('accepted');
    run.strike(noon('2017-03-14'));
    expect(kept(run)).toEqual([['2017-W10', 'pause']]);
    visitOn(run, '2017-03-14');
    lateVisit(run, '2017-03-09', '2017-03-15');
    expect(mission(run)?.weeks['2017-W10']).toEqual({ rev: 1, used: false });
    run.reverse(run.state.seq, noon('2017-03-15'));
    expect(mission(run)?.weeks['2017-W10']).toMatchObject({ kept: 'pause' });
  });

  test('E6 each day of a pause counts in its own year; what is moved or given up costs nothing', () => {
    const run = runOf({ unit: 'day', length: 9, pause: { daysPerYear: 7 } });
    const plan = (from: string, until: string, instead: string | null = null) =>
      say(run, 'streak.paused', '2017-12-01', { from, until, instead }).refusal ?? null;
    expect(plan('2017-12-25', '2018-01-07')).toBeNull();
    for (const day of ['2017-12-20', '2018-06-01']) expect(plan(day, day)).toBe('streak.pauseTooLong');
    // Out of both years, and back.
    expect(plan('2019-01-01', '2019-01-07', '2017-12-25')).toBeNull();
    expect(plan('2017-12-25', '2018-01-07', '2019-01-01')).toBeNull();
    expect(plan('2017-12-25', '2018-01-08', '2017-12-25')).toBe('streak.pauseTooLong');
    say(run, 'streak.paused', '2017-12-01', { instead: '2017-12-25' });
    expect(plan('2018-03-01', '2018-03-07')).toBeNull();
    expect(plan('2017-12-02', '2017-12-08')).toBeNull();
  });

  test('E6 pauses do not overlap, no more than twelve lie ahead, and each is changed by its first day', () => {
    const run = runOf({ unit: 'day', length: 9, pause: { daysPerYear: 366 } });
    const said = (attributes: Record<string, unknown>, at = '2017-03-01') =>
      say(run, 'streak.paused', at, attributes).refusal ?? null;
    const day = (index: number) => `2017-04-${String(2 * index).padStart(2, '0')}`;
    for (let index = 1; index <= 12; index += 1)
      expect([index, said({ from: day(index), until: day(index), instead: null })]).toEqual([index, null]);
    expect(said({ from: '2017-05-01', until: '2017-05-01', instead: null })).toBe('streak.pausesFull');
    expect(said({ from: '2017-04-23', until: '2017-04-25', instead: day(1) })).toBe('streak.pauseOverlaps');
    expect(said({ from: '2017-04-23', until: '2017-04-25', instead: day(12) })).toBeNull();
    expect(said({ from: day(2), until: day(2), instead: day(12) })).toBe('streak.pauseNotFound');
    expect(said({ instead: day(12) })).toBe('streak.pauseNotFound');
    expect(said({ instead: '2017-04-23' })).toBeNull();
    expect(said({ from: '2017-05-01', until: '2017-05-02', instead: null })).toBeNull();
    expect(mission(run)?.pauses).toHaveLength(12);
    // What is over is neither changed nor counted among those ahead.
    expect(said({ instead: day(1) }, '2017-04-03')).toBe('streak.pauseNotFound');
    expect(said({ from: '2017-06-01', until: '2017-06-01', instead: null }, '2017-04-03')).toBeNull();
  });

  test('E6 a pause that has begun can end on another day from today on, and nothing else', () => {
    const run = runOf({ unit: 'day', length: 9, pause: { daysPerYear: 5 } });
    visitOn(run, '2017-03-01');
    say(run, 'streak.paused', '2017-03-01', { from: '2017-03-02', until: '2017-03-06', instead: null });
    const said = (attributes: Record<string, unknown>) =>
      say(run, 'streak.paused', '2017-03-04', { instead: '2017-03-02', ...attributes }).refusal ?? null;
    expect(said({})).toBe('streak.pauseRuns');
    expect(said({ from: '2017-03-03', until: '2017-03-06' })).toBe('streak.pauseRuns');
    expect(said({ from: '2017-03-02', until: '2017-03-03' })).toBe('streak.pausePast');
    expect(said({ from: '2017-03-02', until: '2017-03-07' })).toBe('streak.pauseTooLong');
    expect(said({ from: '2017-03-02', until: '2017-03-04' })).toBeNull();
    expect(mission(run)?.pauses).toEqual([{ from: '2017-03-02', until: '2017-03-04' }]);
    run.strike(noon('2017-03-06'));
    expect(kept(run).map(([period]) => period)).toEqual(['2017-03-02', '2017-03-03', '2017-03-04']);
  });

  test('E6 M1 what engine 1 wrote is read: its plan keeps, its days count, less than none is none', () => {
    const old = (pauseDays: Record<string, number>, from = '2017-12-30', until = '2018-01-02') => {
      const run = runOf({ unit: 'day', length: 9, pause: { daysPerYear: 10 } });
      visitOn(run, '2017-12-29');
      const entry = { seq: 2, activity: { occurredAt: noon('2017-12-29') }, lines: [] };
      const effects = Object.entries({ '2017': 0, ...pauseDays }).map(([year, days]) => ({
        ...{ type: 'streak.paused' as const, mission: 'mision', rev: 1 },
        ...{ from, until, year, days },
      }));
      run.state = fold(run.state, { ...entry, effects });
      expect(MemberState.parse(run.state)).toEqual(run.state);
      return run;
    };
    const plan = (run: EngineRun, from: string, until: string) =>
      say(run, 'streak.paused', '2017-12-29', { from, until, instead: null }).refusal ?? null;
    const run = old({ '2017': 7 });
    expect(plan(run, '2018-02-01', '2018-02-09')).toBe('streak.pauseTooLong');
    expect(plan(run, '2018-02-01', '2018-02-08')).toBeNull();
    // Three of the seven belong to plans that nobody has any more.
    expect(mission(run)).toMatchObject({ pauseDays: { '2017': 3 }, pauses: [{ from: '2017-12-30' }, {}] });
    expect(mission(run)).not.toHaveProperty('pause');
    run.strike(noon('2018-01-04'));
    expect(kept(run)).toHaveLength(4);

    for (const days of [{ '2018': -66 }, {}]) {
      const cheated = old(days, '2017-12-99', '2018-01-01');
      expect(plan(cheated, '2018-02-01', '2018-02-11')).toBe('streak.pauseTooLong');
      expect(plan(cheated, '2018-02-01', '2018-02-10')).toBeNull();
      expect(mission(cheated)).not.toHaveProperty('pauseDays');
      expect(mission(cheated)?.pauses).toHaveLength(1);
    }
    // Its activities, decided again, still plan in place of the one plan and give it up.
    const again = runOf({ unit: 'day', length: 9, pause: { daysPerYear: 10 } });
    say(again, 'streak.paused', '2017-12-29', { from: '2018-01-01', until: '2018-01-02' });
    say(again, 'streak.paused', '2017-12-29', { from: '2018-01-01', until: '2018-01-03' });
    expect(mission(again)?.pauses).toEqual([{ from: '2018-01-01', until: '2018-01-03' }]);
    say(again, 'streak.paused', '2017-12-29', {});
    expect(mission(again)?.pauses).toEqual([]);
  });

  test('E6 pauses are forgotten with the weeks that they could keep', () => {
    const run = runOf({ unit: 'day', length: 9, pause: { daysPerYear: 10 } });
    say(run, 'streak.paused', '2017-01-01', { from: '2017-01-02', until: '2017-01-03', instead: null });
    visitOn(run, '2018-02-02');
    expect(mission(run)?.pauses).toHaveLength(1);
    visitOn(run, '2018-03-01');
    expect(mission(run)?.pauses).toEqual([]);
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
    expect(mission(run)).not.toHaveProperty('pauses');
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
    const plan = { from: '2017-03-03', until: '2017-03-05', instead: null };
    say(run, 'streak.paused', '2017-03-01', plan);
    const back = { instead: plan.from };
    expect(say(run, 'streak.paused', '2017-03-03', back).effects).toMatchObject([{ pauses: [] }]);
    say(run, 'streak.paused', '2017-03-03', plan);
    expect(say(run, 'streak.paused', '2017-03-04', back).refusal).toBe('streak.pauseRuns');
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
