import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, points } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const visit = (run: EngineRun, at: string, attributes: Record<string, unknown> = {}) =>
  run.submit({ type: 'visit', occurredAt: at.length === 10 ? noon(at) : at, attributes });
const runOf = (given: Partial<Definitions>, zone?: string): EngineRun =>
  new EngineRun(aCompiledProgram({ definitions: aSmallProgram(given), time: 'wall' }), zone);
const missedBy = ({ receipt }: ReturnType<typeof visit>) => receipt.missed.map(([what, , ...rest]) => [what, ...rest]);
const problemsOf = (given: Partial<Definitions>) =>
  checkDefinitions(aSmallProgram(given), definitionCompilers).map(({ path, code }) => [path.join('.'), code]);
const foldOf = (run: EngineRun): MemberState => {
  let state = initialState(run.program);
  for (const { seq, activity, lines, effects } of run.journal)
    state = fold(state, JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
  return state;
};

describe('D2 groups of rules', () => {
  const grouped = (pick: 'first' | 'best') => [
    aRule({ id: 'pequena', earn: points(5), group: { id: 'bono', pick }, when: { field: 'n', op: 'gte', value: 1 } }),
    aRule({ id: 'grande', earn: points(20), group: { id: 'bono', pick }, when: { field: 'n', op: 'gte', value: 10 } }),
    aRule({ id: 'aparte', earn: points(1) }),
  ];

  test('D2 first: the first in order that gives stands for the others, which say so; what has no group comes on top', () => {
    const run = runOf({ rules: grouped('first') });
    const decision = visit(run, '2017-02-01', { n: 15 });
    expect(decision.lines.map(({ by, amount }) => [by.id, amount])).toEqual([
      ['pequena', 5],
      ['aparte', 1],
    ]);
    expect(missedBy(decision)).toEqual([['rule:grande', 'group:first', null, 'pequena']]);
    expect(visit(run, '2017-02-01', { n: 0 }).lines.map(({ by }) => by.id)).toEqual(['aparte']);
  });

  test('D2 best: the one that gives most, within its cap; a rule that gives nothing stands for nobody', () => {
    const rules = grouped('best').map((rule) =>
      rule.id === 'grande'
        ? {
            ...rule,
            earn: [...points(20).map((earning) => ({ ...earning, cap: { per: 'day' as const, points: 23 } }))],
          }
        : rule,
    );
    const run = runOf({ rules });
    expect(visit(run, '2017-02-01', { n: 15 }).lines.map(({ by }) => by.id)).toEqual(['grande', 'aparte']);
    // Three points are left of its cap: less than the other gives.
    const second = visit(run, '2017-02-01', { n: 15 });
    expect(second.lines.map(({ by, amount }) => [by.id, amount])).toEqual([
      ['pequena', 5],
      ['aparte', 1],
    ]);
    expect(missedBy(second)).toEqual([['rule:grande', 'group:best', null, 'pequena']]);
    expect(run.state.caps['grande']?.['2017-02-01']).toEqual({ times: 1, points: 20 });
    expect(foldOf(run)).toEqual(run.state);
  });

  test('D2 of equals the first gives, and a group gives once a decision', () => {
    const group = { id: 'bono', pick: 'best' as const };
    const run = runOf({
      rules: [
        aRule({ id: 'uno', earn: points(5), group }),
        aRule({ id: 'otro', earn: points(5), group }),
        aRule({ id: 'despues', on: { mission: 'mision' }, earn: points(50), group }),
      ],
      missions: [aMission({ goal: { kind: 'count', target: 1, per: 'ever' }, reward: { points: [], badges: [] } })],
    });
    expect(visit(run, '2017-02-01').lines.map(({ by }) => by.id)).toEqual(['uno']);
  });

  test('D2 a group whose rules do not fit together is refused, at the rule', () => {
    const rules = grouped('first').map((rule) =>
      rule.id === 'grande' ? { ...rule, group: { id: 'bono', pick: 'best' as const } } : rule,
    );
    expect(problemsOf({ rules })).toEqual([['rules.1.group.pick', 'rule.groupPick']]);
  });
});

describe('B8 limits of a type', () => {
  const limited = (limit: ActivityType['limit']) => {
    const activityTypes = aSmallProgram().activityTypes.map((type) => ({ ...type, limit }));
    return runOf({ activityTypes, rules: [aRule({ earn: points(5) })] }, 'America/Bogota');
  };

  test('B8 a cool-down: too soon is an entry that is refused, gives nothing and counts for nothing', () => {
    const run = limited({ coolDownMinutes: 60, zone: 'program' });
    visit(run, '2017-02-01T10:00:00.000Z');
    const soon = visit(run, '2017-02-01T10:59:59.000Z');
    expect(soon).toMatchObject({ outcome: 'refused', refusal: 'activity.coolDown', lines: [], effects: [] });
    expect(visit(run, '2017-02-01T11:00:00.000Z').outcome).toBe('accepted');
    expect(run.balance).toBe(10);
    // What comes late is measured from all that were taken.
    expect(visit(run, '2017-02-01T10:30:00.000Z').refusal).toBe('activity.coolDown');
    expect(foldOf(run)).toEqual(run.state);
  });

  test('B8 #10 B10 what comes late keeps apart from what came late before it, and what is left after a return counts', () => {
    const run = limited({ coolDownMinutes: 60, zone: 'program' });
    visit(run, '2017-02-10T10:00:00.000Z');
    expect(visit(run, '2017-02-06T10:00:00.000Z').outcome).toBe('accepted');
    expect(visit(run, '2017-02-06T10:01:00.000Z').refusal).toBe('activity.coolDown');
    expect(visit(run, '2017-02-06T09:01:00.000Z').refusal).toBe('activity.coolDown');
    expect(visit(run, '2017-02-06T11:00:00.000Z').outcome).toBe('accepted');
    run.reverse(1, '2017-02-10T10:05:00.000Z');
    expect(visit(run, '2017-02-06T11:30:00.000Z').refusal).toBe('activity.coolDown');
    expect(visit(run, '2017-02-10T10:10:00.000Z').outcome).toBe('accepted');
    expect(run.state.limits?.['visit']?.taken).toHaveLength(3);
    expect(foldOf(run)).toEqual(run.state);
    // After a year and more they are forgotten: nothing can come so late.
    visit(run, '2018-05-10T10:00:00.000Z');
    expect(run.state.limits?.['visit']?.taken).toEqual(['2018-05-10T10:00:00.000Z']);
  });

  test('B8 #10 B10 a state of the time when only the newest one counted goes on from it', () => {
    const run = limited({ coolDownMinutes: 60, zone: 'program' });
    visit(run, '2017-02-10T10:00:00.000Z');
    const limits = { visit: { newest: '2017-02-10T10:00:00.000Z', times: { ever: 1 } } };
    run.state = { ...run.state, limits };
    expect(visit(run, '2017-02-10T10:30:00.000Z').refusal).toBe('activity.coolDown');
    visit(run, '2017-02-10T11:00:00.000Z');
    expect(run.state.limits?.['visit']?.taken).toEqual(['2017-02-10T10:00:00.000Z', '2017-02-10T11:00:00.000Z']);
  });

  test('B8 at most so many a day of the member’s own; one that is taken back gives its place back', () => {
    const run = limited({ most: { times: 2, per: 'day' }, zone: 'member' });
    visit(run, '2017-02-01T10:00:00.000Z');
    visit(run, '2017-02-02T04:59:00.000Z');
    expect(visit(run, '2017-02-02T04:59:30.000Z').refusal).toBe('activity.limitReached');
    expect(visit(run, '2017-02-02T05:00:00.000Z').outcome).toBe('accepted');
    run.reverse(1, '2017-02-02T05:01:00.000Z');
    expect(visit(run, '2017-02-02T04:59:45.000Z').outcome).toBe('accepted');
    expect(run.state.limits?.['visit']?.times).toEqual({ '2017-02-01': 2, '2017-02-02': 1 });
    expect(foldOf(run)).toEqual(run.state);
  });

  test('B8 C5 taking the newest back ends its cool-down', () => {
    const run = limited({ coolDownMinutes: 600, zone: 'program' });
    visit(run, '2017-02-01T10:00:00.000Z');
    run.reverse(1, '2017-02-01T10:05:00.000Z');
    expect(visit(run, '2017-02-01T10:10:00.000Z').outcome).toBe('accepted');
    expect(foldOf(run)).toEqual(run.state);
  });
});

describe('F1 F2 badges that end', () => {
  const counted = (given: object = {}) => aBadge({ grant: { kind: 'count', activity: 'visit', target: 2 }, ...given });

  test('F2 a badge expires by the clock, says so, and is earned again by a new count', () => {
    const run = runOf({
      badges: [counted({ expires: { days: 10 } })],
      rules: [aRule({ on: { badge: 'insignia' }, earn: points(9) })],
    });
    visit(run, '2017-02-01');
    visit(run, '2017-02-01');
    expect(run.state.badges).toEqual({ insignia: { rev: 1, on: '2017-02-01', until: '2017-02-11' } });
    run.strike(noon('2017-02-11'));
    expect(Object.keys(run.state.badges)).toEqual(['insignia']);
    run.strike(noon('2017-02-12'));
    expect(run.state.badges).toEqual({});
    expect(run.journal.at(-1)).toMatchObject({
      type: 'clock.struck',
      effects: [{ type: 'badge.revoked', badge: 'insignia', by: 'time', count: 2 }],
      decision: { receipt: { fired: [{ kind: 'badge', id: 'insignia' }] } },
    });
    visit(run, '2017-02-13');
    expect(run.state.badges).toEqual({});
    visit(run, '2017-02-14');
    expect(run.state).toMatchObject({
      badges: { insignia: { on: '2017-02-14' } },
      badgesGone: { insignia: { times: 1 } },
    });
    expect(run.balance).toBe(18);
    // Without one of the two that earned it anew it goes, with what it set off.
    run.reverse(5, noon('2017-02-14'));
    expect(run.state.badges).toEqual({});
    expect(run.balance).toBe(9);
    expect(foldOf(run)).toEqual(run.state);
  });

  test('F2 a badge until a day is not granted after it', () => {
    const run = runOf({ badges: [counted({ expires: { until: '2017-02-10' } })] });
    visit(run, '2017-02-09');
    visit(run, '2017-02-11');
    expect(run.state.badges).toEqual({});
  });

  test('F2 staff take a badge away; what is not held cannot be', () => {
    const run = runOf({ badges: [counted()] });
    visit(run, '2017-02-01');
    visit(run, '2017-02-01');
    const away = (badge: string) =>
      run.submit({ type: 'badge.withdrawn', occurredAt: noon('2017-02-02'), attributes: { badge } });
    expect(away('insignia').effects).toEqual([
      { type: 'badge.revoked', badge: 'insignia', rev: 1, by: 'staff', count: 2 },
    ]);
    expect(away('insignia')).toMatchObject({ outcome: 'refused', refusal: 'badge.notHeld' });
    visit(run, '2017-02-03');
    expect(run.state.badges).toEqual({});
    visit(run, '2017-02-03');
    expect(Object.keys(run.state.badges)).toEqual(['insignia']);
    expect(foldOf(run)).toEqual(run.state);
  });

  test('F1 two badges of a series on one level are refused, at the level', () => {
    const series = { id: 'visitas', level: 1 };
    expect(problemsOf({ badges: [counted({ series }), counted({ id: 'otra', series })] })).toEqual([
      ['badges.1.series.level', 'badge.sameLevel'],
    ]);
  });
});
