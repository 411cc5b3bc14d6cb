import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import { mergeDefinitions } from './merge-definitions.js';
import { endOfNotice, planPublication } from './plan-publication.js';

const base = PRESETS['shopping-centre'].definitions;
const NOW = Date.parse('2026-11-20T10:00:00.000Z');
const DAY_MS = 86_400_000;

function changed(...changes: readonly ((definitions: Definitions) => void)[]): Definitions {
  const copy = structuredClone(base);
  for (const change of changes) change(copy);
  return copy;
}

const couponGives = (points: number) => (definitions: Definitions) => {
  const earning = definitions.rules.find(({ id }) => id === 'cupon')?.earn[0];
  if (earning !== undefined) earning.amount.product = [{ ratio: [points, 1] }];
};
const visits = (target: number) => (definitions: Definitions) => {
  const mission = definitions.missions.find(({ id }) => id === 'diez-visitas');
  if (mission !== undefined) mission.goal = { kind: 'count', target, per: 'month' };
};
const noStreak = (definitions: Definitions) => {
  definitions.missions = definitions.missions.filter(({ id }) => id !== 'racha-semanal');
};
const goldAt = (threshold: number) => (definitions: Definitions) => {
  const gold = definitions.tiers.find(({ id }) => id === 'oro');
  if (gold !== undefined) gold.threshold = threshold;
};

function plan(next: Definitions, given: { noticeDays?: number; isSound?: (set: Definitions) => boolean } = {}) {
  const { noticeDays = 14, isSound = () => true } = given;
  return planPublication({ last: base, next, noticeDays, zone: 'Europe/Madrid', nowMs: NOW, isSound });
}

describe('how a set comes into force', () => {
  test('K5 what is only good, and anything where there is no notice, comes at once', () => {
    expect(plan(changed(couponGives(30), visits(8))).map(({ fromMs }) => fromMs)).toEqual([null]);
    expect(plan(changed(couponGives(5)), { noticeDays: 0 }).map(({ fromMs }) => fromMs)).toEqual([null]);
  });

  test('K5 what is only for the worse waits whole', () => {
    const steps = plan(changed(couponGives(5), noStreak));
    expect(steps).toHaveLength(1);
    expect(steps[0]?.fromMs).toBe(endOfNotice(NOW, 14, 'Europe/Madrid'));
  });

  test('K5 of both, the good comes at once and what was removed stays until the notice is over', () => {
    const next = changed(couponGives(30), noStreak, goldAt(2_000));
    const [now, later] = plan(next);
    expect(now?.definitions.rules).toEqual(next.rules);
    expect(now?.definitions.missions.map(({ id }) => id)).toContain('racha-semanal');
    expect(now?.definitions.tiers.map(({ threshold }) => threshold)).toEqual([0, 500, 1_500, 4_000]);
    expect(later?.definitions).toBe(next);
    expect(later?.changes.map(({ id }) => id)).toEqual(['racha-semanal', 'oro']);
  });

  test('K5 where half of a change does not fit together, all of it waits', () => {
    const steps = plan(changed(couponGives(30), noStreak), { isSound: () => false });
    expect(steps.map(({ fromMs }) => fromMs === null)).toEqual([false]);
  });

  test('K5 a notice ends at a midnight of the program, never a minute early, across a change of clocks too', () => {
    expect(new Date(endOfNotice(NOW, 14, 'Europe/Madrid')).toISOString()).toBe('2026-12-04T23:00:00.000Z');
    const midnight = Date.parse('2026-11-19T23:00:00.000Z');
    expect(endOfNotice(midnight, 14, 'Europe/Madrid')).toBe(midnight + 14 * DAY_MS);
    const spring = Date.parse('2027-03-20T10:00:00.000Z');
    expect(new Date(endOfNotice(spring, 14, 'Europe/Madrid')).toISOString()).toBe('2027-04-03T22:00:00.000Z');
  });
});

describe('bringing a draft onto a newer version', () => {
  test('D5 each side keeps what it alone changed, added and removed', () => {
    const mine = changed(couponGives(30), noStreak);
    const theirs = changed(visits(8), ({ badges }) => badges.pop());
    const { definitions, conflicts } = mergeDefinitions(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(definitions).toEqual(changed(couponGives(30), noStreak, visits(8), ({ badges }) => badges.pop()));
  });

  test('D5 of the same definition changed on both sides mine stays and is told; the same change twice is no conflict', () => {
    const { definitions, conflicts } = mergeDefinitions(
      base,
      changed(couponGives(30), visits(8)),
      changed(couponGives(40), visits(8)),
    );
    expect(conflicts).toEqual([{ kind: 'rules', id: 'cupon' }]);
    expect(definitions).toEqual(changed(couponGives(30), visits(8)));
  });

  test('D5 one removes what the other changed: told, and what I did stays', () => {
    const { definitions, conflicts } = mergeDefinitions(
      base,
      changed(noStreak),
      changed(({ missions }) => {
        const streak = missions.find(({ id }) => id === 'racha-semanal');
        if (streak !== undefined) streak.goal = { kind: 'streak', weeks: 3 };
      }),
    );
    expect(conflicts).toEqual([{ kind: 'missions', id: 'racha-semanal' }]);
    expect(definitions).toEqual(changed(noStreak));
  });

  test('D5 tiers stay a ladder whoever moved a step', () => {
    const mine = changed(goldAt(600));
    const theirs = changed(({ tiers }) => {
      const silver = tiers.find(({ id }) => id === 'plata');
      if (silver !== undefined) silver.threshold = 700;
    });
    const { definitions } = mergeDefinitions(base, mine, theirs);
    expect(definitions.tiers.map(({ id }) => id)).toEqual(['socio', 'oro', 'plata', 'platino']);
  });

  test('A2 what the program knows of members is kept: before the notice is over, and whoever else changed something', () => {
    const club = { id: 'club', name: { es: 'Club', en: 'Club' }, schema: { type: 'string' as const } };
    const next = changed(couponGives(30), noStreak, (all) => (all.memberAttributes = [club]));
    expect(plan(next)[0]?.definitions.memberAttributes).toEqual([club]);
    const { definitions, conflicts } = mergeDefinitions(base, next, changed(goldAt(2_000)));
    expect([definitions.memberAttributes, conflicts]).toEqual([[club], []]);
    expect(mergeDefinitions(base, changed(noStreak), changed(goldAt(2_000))).definitions).not.toHaveProperty(
      'memberAttributes',
    );
  });
});
