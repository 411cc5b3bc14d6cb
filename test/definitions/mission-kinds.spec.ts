import type { MissionReward } from '@verbena/shared/missions/mission.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const visitOn = (run: EngineRun, date: string, attributes: Record<string, unknown> = {}) =>
  run.submit({ type: 'visit', occurredAt: date.length === 10 ? noon(date) : date, attributes });
const runOf = (given: Partial<Definitions>, zone?: string): EngineRun =>
  new EngineRun(aCompiledProgram({ definitions: aSmallProgram(given) }), zone);
const mission = (run: EngineRun) => run.state.missions['mision'];
const gives = (amount: number, badges: string[] = []): MissionReward => ({
  points: amount === 0 ? [] : [{ currency: 'puntos', amount }],
  badges,
});
const name = { es: 'Nombre' };
const problemsOf = (given: Partial<Definitions>) =>
  checkDefinitions(aSmallProgram(given), definitionCompilers).map(({ path, code }) => [path.join('.'), code]);
const missedBy = (decision: ReturnType<typeof visitOn>) => decision.receipt.missed.map((one) => one.slice(2));

describe('E1 kinds', () => {
  test('E1 sum: a field adds up to the target, what is below zero adds nothing, what is above is not carried over', () => {
    const run = runOf({ missions: [aMission({ goal: { kind: 'sum', field: 'n', target: 100, per: 'month' } })] });
    visitOn(run, '2017-02-01', { n: 60 });
    expect(missedBy(visitOn(run, '2017-02-02', { n: -30 }))).toEqual([['progress:2017-02-28', 60, 100]]);
    expect(run.state.missions['mision']?.periods['2017-02']?.progress).toBe(60);
    const done = visitOn(run, '2017-02-03', { n: 75 });
    expect(done.lines.map(({ amount }) => amount)).toEqual([10]);
    expect(mission(run)).toMatchObject({ completions: 1, periods: { '2017-02': { progress: 100, done: true } } });
    visitOn(run, '2017-03-01', { n: 5 });
    expect(mission(run)?.periods['2017-03']).toMatchObject({ progress: 5, done: false });
  });

  test('E1 set: only its own values count, each once, and it is done with the last of them', () => {
    const values = ['pan', 'vino'].map((value) => ({ value, name }));
    const run = runOf({ missions: [aMission({ goal: { kind: 'set', field: 'items.kind', values, per: 'ever' } })] });
    visitOn(run, '2017-02-01', { items: [{ kind: 'flor' }] });
    expect(mission(run)).toBeUndefined();
    visitOn(run, '2017-02-02', { items: [{ kind: 'vino' }, { kind: 'vino' }, { kind: 'flor' }] });
    expect(mission(run)?.periods['ever']).toMatchObject({ progress: 1, items: ['vino'] });
    visitOn(run, '2017-02-03', { items: [{ kind: 'pan' }] });
    expect(mission(run)).toMatchObject({ completions: 1 });
    run.reverse(2);
    expect(mission(run)).toMatchObject({ completions: 0, periods: { ever: { progress: 1, items: ['pan'] } } });
    expect(run.balance).toBe(0);
  });

  test('E1 E2 sequence: steps come in order, one an activity, each with its own condition and reward', () => {
    const steps = [
      { name, when: { field: 'shop', op: 'eq' as const, value: 'norte' }, reward: gives(1) },
      { name, when: { field: 'shop', op: 'eq' as const, value: 'sur' }, reward: gives(2, ['insignia']) },
      { name },
    ];
    const run = runOf({
      missions: [aMission({ goal: { kind: 'sequence', steps, per: 'month' } })],
      badges: [aBadge()],
    });
    expect(missedBy(visitOn(run, '2017-02-01', { shop: 'sur' }))).toEqual([['field:shop:eq', 'sur', 'norte']]);
    visitOn(run, '2017-02-02', { shop: 'norte' });
    const second = visitOn(run, '2017-02-03', { shop: 'sur' });
    expect(second.receipt.fired).toContainEqual({
      kind: 'mission',
      id: 'mision',
      rev: 1,
      currency: 'puntos',
      amount: 2,
      step: 1,
    });
    expect(Object.keys(run.state.badges)).toEqual(['insignia']);
    visitOn(run, '2017-02-04', { shop: 'norte' });
    expect(mission(run)?.completions).toBe(1);
    expect(run.balance).toBe(1 + 2 + 10);
    // Without the visit to the north the one to the south came out of turn, and the last is only the first step.
    run.reverse(2);
    expect(mission(run)).toMatchObject({ completions: 0, periods: { '2017-02': { progress: 1, steps: 1 } } });
    expect(run.balance).toBe(1);
    expect(run.state.badges).toEqual({});
  });

  test('E1 a sequence over several types and definitions: a step may wait for a badge', () => {
    const steps = [{ name }, { name, on: { badge: 'diez' } }];
    const run = runOf({
      missions: [aMission({ goal: { kind: 'sequence', steps, per: 'ever' } })],
      badges: [aBadge({ id: 'diez', grant: { kind: 'count', activity: 'visit', target: 2 } })],
    });
    visitOn(run, '2017-02-01');
    visitOn(run, '2017-02-02');
    expect(mission(run)?.completions).toBe(1);
    run.reverse(1);
    expect(mission(run)?.completions).toBe(0);
    expect(run.balance).toBe(0);
  });
});

describe('E2 stages', () => {
  const staged = aMission({
    goal: { kind: 'sum', field: 'n', target: 100, per: 'month' },
    steps: [
      { at: 20, name, reward: gives(1) },
      { at: 50, name, reward: gives(2, ['insignia']) },
    ],
  });

  test('E2 each stage is rewarded once, several at once where one activity reaches them', () => {
    const run = runOf({ missions: [staged], badges: [aBadge()] });
    visitOn(run, '2017-02-01', { n: 10 });
    expect(run.balance).toBe(0);
    const leap = visitOn(run, '2017-02-02', { n: 45 });
    expect(leap.effects.filter(({ type }) => type === 'mission.stepped')).toHaveLength(2);
    expect(run.balance).toBe(3);
    visitOn(run, '2017-02-03', { n: 5 });
    expect(run.balance).toBe(3);
    visitOn(run, '2017-02-04', { n: 40 });
    expect(run.balance).toBe(13);
  });

  test('E2 C5 taking back what reached a stage takes back its points and its badge, and no other stage', () => {
    const run = runOf({
      missions: [staged],
      badges: [aBadge()],
      rules: [aRule({ on: { badge: 'insignia' }, earn: points(7) })],
    });
    visitOn(run, '2017-02-01', { n: 25 });
    visitOn(run, '2017-02-02', { n: 30 });
    expect(run.balance).toBe(10);
    run.reverse(2);
    expect(run.balance).toBe(1);
    expect(run.state.badges).toEqual({});
    expect(mission(run)?.periods['2017-02']).toMatchObject({ progress: 25, steps: 1 });
  });
});

describe('E3 recurrence', () => {
  test('E3 onCompletion begins anew within its period, with a new turn of its stages', () => {
    const run = runOf({
      missions: [
        aMission({
          goal: { kind: 'count', target: 2, per: 'ever' },
          reset: 'onCompletion',
          steps: [{ at: 1, name, reward: gives(1) }],
        }),
      ],
    });
    for (const day of ['01', '02', '03', '04', '05']) visitOn(run, `2017-02-${day}`);
    expect(mission(run)).toMatchObject({ completions: 2, periods: { ever: { progress: 1, steps: 3, times: 2 } } });
    expect(run.balance).toBe(2 * 10 + 3);
    run.reverse(1);
    expect(mission(run)).toMatchObject({ completions: 2, periods: { ever: { progress: 0, steps: 2, times: 2 } } });
    expect(run.balance).toBe(22);
    run.reverse(3);
    expect(mission(run)).toMatchObject({ completions: 1, periods: { ever: { progress: 1, steps: 2, times: 1 } } });
    expect(run.balance).toBe(12);
  });

  test('E3 fixed windows are cut from their first day, before it too', () => {
    const run = runOf({
      missions: [aMission({ goal: { kind: 'count', target: 2, per: { days: 14, from: '2017-02-06' } } })],
    });
    visitOn(run, '2017-02-05');
    visitOn(run, '2017-02-06');
    visitOn(run, '2017-02-19');
    visitOn(run, '2017-02-20');
    expect(mission(run)?.periods).toMatchObject({
      '2017-01-23+14': { progress: 1 },
      '2017-02-06+14': { done: true },
      '2017-02-20+14': { progress: 1 },
    });
  });

  test('E3 days are those of the zone, also when one has 23 or 25 hours', () => {
    const daily = aMission({ goal: { kind: 'count', target: 2, per: 'day' }, zone: 'member' });
    // In New York 12 March 2017 has 23 hours and 5 November 25; both instants of each pair lie on that day.
    for (const [first, last, day] of [
      ['2017-03-12T05:00:00.000Z', '2017-03-13T03:59:00.000Z', '2017-03-12'],
      ['2017-11-05T04:00:00.000Z', '2017-11-06T04:59:00.000Z', '2017-11-05'],
    ] as const) {
      const run = runOf({ missions: [daily] }, 'America/New_York');
      visitOn(run, first);
      visitOn(run, last);
      expect(mission(run)).toMatchObject({ completions: 1, periods: { [day]: { done: true } } });
      visitOn(run, new Date(Date.parse(last) + 60_000).toISOString());
      expect(Object.keys(mission(run)?.periods ?? {})).toHaveLength(2);
    }
  });
});

describe('E4 prerequisites', () => {
  test('E4 nothing counts until the mission, the badge and the tier are there; the receipt says which', () => {
    const run = runOf({
      missions: [
        aMission({ id: 'primera', goal: { kind: 'count', target: 2, per: 'ever' }, reward: gives(100, ['insignia']) }),
        aMission({ requires: [{ mission: 'primera' }, { badge: 'insignia' }, { tier: 'oro' }] }),
      ],
      badges: [aBadge()],
      tiers: [aTier('base', 0), aTier('oro', 100)],
    });
    expect(missedBy(visitOn(run, '2017-02-01'))).toContainEqual(['requires:mission', false, 'primera']);
    // What completes the first one is decided on what was there before it.
    expect(missedBy(visitOn(run, '2017-02-02'))).toContainEqual(['requires:mission', false, 'primera']);
    visitOn(run, '2017-02-03');
    expect(mission(run)?.periods['2017-02']?.progress).toBe(1);
  });

  test('E4 a circle of missions that require one another is refused, at the place', () => {
    expect(
      problemsOf({
        missions: [
          aMission({ id: 'aa', requires: [{ mission: 'bb' }] }),
          aMission({ id: 'bb', requires: [{ mission: 'aa' }] }),
        ],
      }),
    ).toEqual([
      ['missions.0.requires.0.mission', 'mission.requiresItself'],
      ['missions.1.requires.0.mission', 'mission.requiresItself'],
    ]);
  });
});

describe('E5 windows and caps', () => {
  test('E5 dates, weekdays and hours in the member’s own time', () => {
    const run = runOf(
      {
        missions: [
          aMission({
            zone: 'member',
            window: {
              from: '2017-02-06',
              until: '2017-02-10',
              weekdays: [1, 2],
              hours: { from: '22:00', until: '02:00' },
            },
            goal: { kind: 'count', target: 9, per: 'ever' },
          }),
        ],
      },
      'America/Bogota',
    );
    expect(missedBy(visitOn(run, '2017-02-04T12:00:00.000Z'))).toEqual([['window:from', '2017-02-04', '2017-02-06']]);
    // 03:30 in UTC is 22:30 of the day before in Bogotá, a Monday.
    visitOn(run, '2017-02-07T03:30:00.000Z');
    expect(mission(run)?.periods['ever']?.progress).toBe(1);
    expect(missedBy(visitOn(run, '2017-02-07T12:00:00.000Z'))).toEqual([['window:hours', '07:00', '22:00-02:00']]);
    visitOn(run, '2017-02-07T06:59:00.000Z');
    expect(mission(run)?.periods['ever']?.progress).toBe(2);
    expect(missedBy(visitOn(run, '2017-02-09T04:00:00.000Z'))).toEqual([['window:weekdays', 3, '1,2']]);
    expect(missedBy(visitOn(run, '2017-02-13T04:00:00.000Z'))).toEqual([['window:until', '2017-02-12', '2017-02-10']]);
  });

  test('E5 at most so many completions a member', () => {
    const run = runOf({ missions: [aMission({ goal: { kind: 'count', target: 1, per: 'day' }, timesMax: 2 })] });
    visitOn(run, '2017-02-01');
    visitOn(run, '2017-02-02');
    expect(missedBy(visitOn(run, '2017-02-03'))).toEqual([['max', 2, 2]]);
    expect(run.balance).toBe(20);
    run.reverse(1);
    visitOn(run, '2017-02-04');
    expect(mission(run)?.completions).toBe(2);
  });

  test('E5 a failed attempt pauses for some days; taking it back ends the pause', () => {
    const failure = { on: { activity: 'visit' }, when: { field: 'n', op: 'lt' as const, value: 5 }, coolDownDays: 3 };
    const run = runOf({ missions: [aMission({ when: { field: 'n', op: 'gte', value: 5 }, failure })] });
    expect(missedBy(visitOn(run, '2017-02-01', { n: 1 }))[0]).toEqual(['failed:now', null, '2017-02-04']);
    expect(missedBy(visitOn(run, '2017-02-03', { n: 9 }))).toEqual([['failed', '2017-02-03', '2017-02-04']]);
    visitOn(run, '2017-02-04', { n: 9 });
    expect(mission(run)?.periods['2017-02']?.progress).toBe(1);
    visitOn(run, '2017-02-05', { n: 2 });
    expect(mission(run)?.waits?.map(({ until }) => until)).toEqual(['2017-02-04', '2017-02-08']);
    run.reverse(4);
    run.reverse(1);
    expect(mission(run)?.waits).toBeUndefined();
  });

  const failure = { on: { activity: 'visit' }, when: { field: 'n', op: 'lt' as const, value: 5 }, coolDownDays: 10 };
  const failing = (given: object = {}) =>
    runOf({ missions: [aMission({ when: { field: 'n', op: 'gte', value: 5 }, failure: { ...failure, ...given } })] });
  const counts = (run: EngineRun, date: string): boolean => {
    const before = run.state;
    visitOn(run, date, { n: 9 });
    const counted = run.state.missions['mision']?.periods['2017-02']?.progress ?? 0;
    const is = counted > (before.missions['mision']?.periods['2017-02']?.progress ?? 0);
    run.state = before;
    run.journal.pop();
    return is;
  };

  test('E5 #10 B10 each attempt that failed makes it wait, whichever is returned, and what remains of one may fail too', () => {
    const run = failing();
    visitOn(run, '2017-02-01', { n: 1 });
    visitOn(run, '2017-02-03', { n: 4 });
    run.reverse(2, noon('2017-02-03'), { n: 3 });
    expect([counts(run, '2017-02-12'), counts(run, '2017-02-13')]).toEqual([false, true]);
    run.reverse(2);
    expect([counts(run, '2017-02-10'), counts(run, '2017-02-11')]).toEqual([false, true]);
    // Of the same day, and late within another's days.
    const other = failing();
    visitOn(other, '2017-02-05', { n: 1 });
    visitOn(other, '2017-02-01', { n: 1 });
    visitOn(other, '2017-02-01', { n: 1 });
    other.reverse(2);
    expect(['2017-01-31', '2017-02-03', '2017-02-14', '2017-02-15'].map((date) => counts(other, date))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('E5 #10 B10 what happened before an attempt failed, and comes late, counts; a version changes no wait that runs', () => {
    const run = failing();
    visitOn(run, '2017-02-05', { n: 1 });
    expect([counts(run, '2017-02-04'), counts(run, '2017-02-05')]).toEqual([true, false]);
    run.program = failing({ coolDownDays: 1 }).program;
    expect([counts(run, '2017-02-04'), counts(run, '2017-02-14')]).toEqual([true, false]);
  });

  test('E5 a state of the time when the latest attempt alone counted waits as it did', () => {
    const run = failing();
    visitOn(run, '2017-02-05', { n: 1 });
    const { missions } = run.state;
    const { waits: _, ...rest } = missions['mision'] ?? { completions: 0, periods: {}, weeks: {} };
    run.state = { ...run.state, missions: { mision: { ...rest, pausedUntil: '2017-02-15' } } };
    expect([counts(run, '2017-02-04'), counts(run, '2017-02-14'), counts(run, '2017-02-15')]).toEqual([
      false,
      false,
      true,
    ]);
    visitOn(run, '2017-02-16', { n: 1 });
    expect(mission(run)).not.toHaveProperty('pausedUntil');
    expect(mission(run)?.waits).toHaveLength(2);
  });

  test('E5 what cannot be is refused with its place', () => {
    expect(
      problemsOf({
        missions: [
          aMission({
            goal: { kind: 'sum', field: 'shop', target: 10, per: { days: 7, from: '2017-02-30' } },
            steps: [
              { at: 5, name, reward: gives(1) },
              { at: 4, name, reward: gives(1, ['nada']) },
              { at: 11, name, reward: gives(1) },
            ],
            window: { from: '2017-02-02', until: '2017-02-01', hours: { from: '09:00', until: '09:00' } },
            failure: { on: { activity: 'nada' }, coolDownDays: 1 },
          }),
          aMission({
            id: 'racha',
            goal: { kind: 'streak', weeks: 2 },
            reset: 'onCompletion',
            steps: [{ at: 1, name, reward: gives(1) }],
          }),
        ],
      }),
    ).toEqual([
      ['missions.0.goal.per.from', 'definition.noSuchDay'],
      ['missions.0.goal.field', 'definition.fieldNotInteger'],
      ['missions.0.steps.1.at', 'mission.stepOrder'],
      ['missions.0.steps.2.at', 'mission.stepBeyond'],
      ['missions.0.window.until', 'definition.endsBeforeStart'],
      ['missions.0.window.hours.until', 'mission.noHours'],
      ['missions.0.failure.on.activity', 'definition.unknown.activityTypes'],
      ['missions.0.steps.1.reward.badges.0', 'definition.unknown.badges'],
      ['missions.1.reset', 'mission.streakRepeats'],
      ['missions.1.steps', 'mission.stepsOfGoal'],
    ]);
  });
});
