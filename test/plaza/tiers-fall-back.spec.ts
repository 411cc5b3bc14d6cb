import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Mission } from '@verbena/shared/missions/mission.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import { aCompiledProgram, aPurchase, EngineRun } from '#support/engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const rules = [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })];
const ladder = (given: Partial<Tier> = {}): Tier[] => [
  aTier('base', 0, given),
  aTier('plata', 100, given),
  aTier('oro', 300, given),
];
const runOf = (given: Partial<Definitions>): EngineRun =>
  new EngineRun(aCompiledProgram({ definitions: aSmallProgram({ rules, ...given }), time: 'wall' }));
/** Earns so much, and answers the seq of the entry. */
const earn = (run: EngineRun, n: number, date: string): number => {
  run.submit({ type: 'visit', occurredAt: noon(date), attributes: { n } });
  return run.state.seq;
};
const heldBy = ({ state: { tier } }: EngineRun): unknown => [tier?.id, tier?.until];

describe('#9 a tier falls back with what had raised it', () => {
  test('#9 C5 it falls to the one that is carried, until the day on which that one ends', () => {
    const run = runOf({ tiers: ladder() });
    earn(run, 120, '2016-05-02');
    const raised = earn(run, 400, '2017-03-01');
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.reverse(raised, noon('2017-03-02'));
    expect(heldBy(run)).toEqual(['plata', '2017-12-31']);
    expect(run.state.tier?.since).toBe('2016-05-02');
  });

  test('#9 C5 what something else carries stays, also where that came later; then it is no promotion', () => {
    const run = runOf({ tiers: ladder() });
    const first = earn(run, 300, '2017-03-01');
    const second = earn(run, 300, '2017-06-01');
    expect(run.reverse(first, noon('2017-06-02')).effects.filter(({ type }) => type.startsWith('tier'))).toEqual([]);
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.reverse(second, noon('2017-06-03'));
    expect(heldBy(run)).toEqual(['base', null]);
    expect(
      run.submit({ type: 'visit', occurredAt: noon('2017-07-01'), attributes: { n: 300 } }).effects,
    ).toContainEqual(expect.objectContaining({ type: 'tier.moved', from: 'base', to: 'oro', direction: 'up' }));
  });

  test('#9 C5 a return in part takes it where what remains does not reach it', () => {
    const run = runOf({ tiers: ladder() });
    const raised = earn(run, 320, '2017-03-01');
    run.reverse(raised, noon('2017-03-02'), { n: 310 });
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.reverse(raised, noon('2017-03-03'), { n: 150 });
    expect(heldBy(run)).toEqual(['plata', '2018-12-31']);
  });

  test('#9 C5 the same tier ends sooner where only that had made it last', () => {
    const run = runOf({ tiers: ladder() });
    earn(run, 300, '2016-05-02');
    const longer = earn(run, 300, '2017-03-01');
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.reverse(longer, noon('2017-03-02'));
    expect(heldBy(run)).toEqual(['oro', '2017-12-31']);
  });

  test('#9 C5 with keep it stays until its end, and what was earned falls at once', () => {
    const run = runOf({ tiers: ladder({ onReversal: 'keep' }) });
    const raised = earn(run, 400, '2017-03-01');
    run.reverse(raised, noon('2017-03-02'));
    expect(run.state.earned['puntos']?.years).toEqual({ 2017: 0 });
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.strike(noon('2019-01-01'));
    expect(heldBy(run)).toEqual(['plata', '2019-12-31']);
  });

  test('#9 C5 what it set off goes too, and comes again with the next promotion', () => {
    const run = runOf({
      rules: [...rules, aRule({ id: 'sube', on: { tier: 'oro' }, earn: points(40) })],
      missions: [
        aMission({
          on: { tier: 'oro' },
          goal: { kind: 'count', target: 1, per: 'ever' },
          reward: { points: [], badges: ['insignia'] },
        }),
      ],
      badges: [aBadge()],
      tiers: ladder(),
    });
    const raised = earn(run, 300, '2017-03-01');
    expect([run.balance, Object.keys(run.state.badges)]).toEqual([340, ['insignia']]);
    run.reverse(raised, noon('2017-03-02'));
    expect([run.balance, Object.keys(run.state.badges), run.state.missions['mision']?.completions]).toEqual([0, [], 0]);
    earn(run, 300, '2017-03-03');
    expect([run.balance, Object.keys(run.state.badges)]).toEqual([340, ['insignia']]);
  });

  test('#9 C5 what a promotion gave does not carry the promotion', () => {
    const run = runOf({
      rules: [...rules, aRule({ id: 'sube', on: { tier: 'oro' }, earn: points(200) })],
      tiers: ladder(),
    });
    const raised = earn(run, 310, '2017-03-01');
    run.reverse(raised, noon('2017-03-02'), { n: 200 });
    expect([run.balance, ...(heldBy(run) as unknown[])]).toEqual([200, 'plata', '2018-12-31']);
  });

  test('#9 C5 a later purchase keeps the percentage with which it was decided', () => {
    const run = new EngineRun(aCompiledProgram({ time: 'wall' }));
    run.submit(aPurchase(450_000, noon('2017-02-07')));
    run.submit(aPurchase(10_000, noon('2017-02-14')));
    expect(run.balance).toBe(4_500 + 150);
    run.reverse(1, noon('2017-02-15'));
    expect([run.balance, run.state.tier?.id]).toEqual([150, 'socio']);
  });

  test('#9 C5 it is asked under the version that was in force: who reached it by less than is asked now keeps it', () => {
    const older = aSmallProgram({ rules, tiers: ladder() });
    const dearer = aSmallProgram({
      rules,
      tiers: [aTier('base', 0), aTier('plata', 100), aTier('oro', 900, { rev: 2 })],
    });
    const run = new EngineRun(aCompiledProgram({ definitions: older, time: 'wall' }));
    const small = earn(run, 50, '2017-02-01');
    const large = earn(run, 320, '2017-03-01');
    run.program = aCompiledProgram({ definitions: dearer, older: [older], time: 'wall' });
    run.reverse(small, noon('2017-04-01'));
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.reverse(large, noon('2017-04-02'));
    expect(heldBy(run)).toEqual(['base', null]);
  });

  test('#9 C5 an older return that had left the tier leaves it also to the next one', () => {
    const run = runOf({ tiers: ladder({ onReversal: 'keep' }) });
    const small = earn(run, 20, '2017-02-01');
    const raised = earn(run, 300, '2017-03-01');
    run.reverse(raised, noon('2017-03-02'));
    run.program = aCompiledProgram({ definitions: aSmallProgram({ rules, tiers: ladder() }), time: 'wall' });
    run.reverse(small, noon('2017-03-03'));
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
  });

  test('#9 C5 what was earned before there were tiers carries them too, and the tier falls where that is not enough', () => {
    const older = aSmallProgram({ rules });
    const run = new EngineRun(aCompiledProgram({ definitions: older, time: 'wall' }));
    earn(run, 200, '2017-02-01');
    run.program = aCompiledProgram({
      definitions: aSmallProgram({ rules, tiers: ladder() }),
      older: [older],
      time: 'wall',
    });
    const first = earn(run, 60, '2017-03-01');
    const second = earn(run, 100, '2017-03-02');
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.reverse(first, noon('2017-03-03'));
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.reverse(second, noon('2017-03-04'));
    expect(heldBy(run)).toEqual(['plata', '2018-12-31']);
    run.reverse(1, noon('2017-03-05'));
    expect(heldBy(run)).toEqual(['base', null]);
  });

  test('#9 C5 where there are no tiers any more, a return leaves the one that was held, also when its time is over', () => {
    const older = aSmallProgram({ rules, tiers: ladder() });
    const run = new EngineRun(aCompiledProgram({ definitions: older, time: 'wall' }));
    const raised = earn(run, 320, '2017-03-01');
    run.program = aCompiledProgram({ definitions: aSmallProgram({ rules }), older: [older], time: 'wall' });
    run.reverse(raised, noon('2020-03-02'));
    expect([run.balance, ...(heldBy(run) as unknown[])]).toEqual([0, 'oro', '2018-12-31']);
  });

  test('#9 F2 a badge that staff withdraw takes along the tier that only its points had raised', () => {
    const run = runOf({
      rules: [...rules, aRule({ id: 'de-insignia', on: { badge: 'insignia' }, earn: points(300) })],
      badges: [aBadge({ grant: { kind: 'count', activity: 'visit', target: 1 } })],
      tiers: ladder(),
    });
    earn(run, 5, '2017-03-01');
    expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
    run.submit({
      type: 'badge.withdrawn',
      occurredAt: noon('2017-03-02'),
      attributes: { badge: 'insignia', along: true },
    });
    expect([run.balance, ...(heldBy(run) as unknown[])]).toEqual([5, 'base', null]);
  });
});

describe('#9 onReversal of missions and badges', () => {
  const twice = aMission({ goal: { kind: 'count', target: 2, per: 'month' } });

  test('#9 C5 with keep a completion stays with its reward, and its period gives no second one', () => {
    const run = runOf({ rules: [], missions: [{ ...twice, onReversal: 'keep' }] });
    const first = earn(run, 0, '2017-03-01');
    earn(run, 0, '2017-03-02');
    expect(run.balance).toBe(10);
    run.reverse(first, noon('2017-03-03'));
    expect([run.balance, run.state.missions['mision']?.completions]).toEqual([10, 1]);
    earn(run, 0, '2017-03-04');
    earn(run, 0, '2017-03-05');
    expect([run.balance, run.state.missions['mision']?.completions]).toEqual([10, 1]);
  });

  test('#9 C5 with keep what is not completed yet loses what is returned, and its rewarded parts stay', () => {
    const steps = [
      { at: 1, name: { es: 'Parte' }, reward: { points: [{ currency: 'puntos', amount: 3 }], badges: [] } },
    ];
    const run = runOf({ rules: [], missions: [{ ...twice, steps, onReversal: 'keep' }] });
    const first = earn(run, 0, '2017-03-01');
    run.reverse(first, noon('2017-03-02'));
    expect([run.balance, run.state.missions['mision']?.periods['2017-03']]).toMatchObject([
      3,
      { progress: 0, steps: 1 },
    ]);
    earn(run, 0, '2017-03-03');
    expect(run.balance).toBe(3);
    earn(run, 0, '2017-03-04');
    expect(run.balance).toBe(13);
  });

  test('#9 C5 with keep the points of a rewarded part of the way still carry the tier', () => {
    const part = { points: [{ currency: 'puntos', amount: 200 }], badges: [] };
    const mission: Mission = {
      ...twice,
      goal: { kind: 'count', target: 3, per: 'month' },
      steps: [{ at: 2, name: { es: 'Parte' }, reward: part }],
    };
    const outcomeOf = (onReversal: Mission['onReversal']): unknown => {
      const run = runOf({ rules, missions: [{ ...mission, onReversal }], tiers: ladder() });
      earn(run, 120, '2017-03-01');
      const second = earn(run, 50, '2017-03-02');
      expect(heldBy(run)).toEqual(['oro', '2018-12-31']);
      run.reverse(second, noon('2017-03-03'));
      return [run.balance, run.state.tier?.id];
    };
    expect([outcomeOf('keep'), outcomeOf('takeBack')]).toEqual([
      [320, 'oro'],
      [120, 'plata'],
    ]);
  });

  test('#9 C5 with keep the weeks of a completed streak stay used', () => {
    const run = runOf({ rules: [], missions: [{ ...twice, goal: { kind: 'streak', weeks: 2 }, onReversal: 'keep' }] });
    const first = earn(run, 0, '2017-03-01');
    earn(run, 0, '2017-03-08');
    run.reverse(first, noon('2017-03-09'));
    expect([run.balance, run.state.missions['mision']?.completions]).toEqual([10, 1]);
    earn(run, 0, '2017-03-15');
    expect(run.balance).toBe(10);
  });

  test('#9 C5 F2 a badge that is kept stays, a badge that is not goes', () => {
    const grant = { kind: 'count', activity: 'visit', target: 1 } as const;
    const run = runOf({ rules: [], badges: [aBadge({ grant, onReversal: 'keep' }), aBadge({ id: 'otra', grant })] });
    run.reverse(earn(run, 0, '2017-03-01'), noon('2017-03-02'));
    expect(Object.keys(run.state.badges)).toEqual(['insignia']);
  });
});
