import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { daysUntil, isInReach, rankMissions, sortMissions } from './next-mission.js';

const card = (id: string, changes: Partial<MissionCard>): MissionCard => ({
  id,
  rev: 1,
  name: { es: id },
  description: { es: id },
  kind: 'count',
  progress: 0,
  target: 10,
  period: '2026-11',
  endsOn: '2026-11-30',
  done: false,
  completions: 0,
  reward: { points: [{ currency: 'puntos', amount: 100 }], badges: [] },
  ...changes,
});

describe('next mission', () => {
  test('the nearest to done comes first, done ones never', () => {
    const cards = [card('a', { progress: 2 }), card('b', { progress: 9, done: true }), card('c', { progress: 7 })];
    expect(rankMissions(cards).map(({ id }) => id)).toEqual(['c', 'a']);
  });

  test('among equals the one that ends sooner, then the better paid, then the declared order', () => {
    const cards = [
      card('late', { endsOn: null }),
      card('poor', { reward: { points: [], badges: [] } }),
      card('rich', {}),
      card('rich-too', {}),
    ];
    expect(rankMissions(cards).map(({ id }) => id)).toEqual(['rich', 'rich-too', 'poor', 'late']);
  });

  test('days are counted on the calendar, over a change of clocks too', () => {
    expect(daysUntil('2026-11-22', '2026-11-30')).toBe(8);
    expect(daysUntil('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysUntil('2026-11-30', '2026-11-30')).toBe(0);
  });
});

describe('what is in reach', () => {
  const on = { activity: 'purchase' };
  /** Purchases that count without end, or so many times a day at most. */
  const limited = (most?: { times: number; per: 'day' | 'week' }) => ({
    missions: [{ id: 'a', on }] as unknown as Definitions['missions'],
    activityTypes: [
      { id: 'visit', limit: { most: { times: 1, per: 'day' } } },
      { id: 'purchase', ...(most && { limit: { most } }) },
    ] as unknown as Definitions['activityTypes'],
  });
  const lastDays = (changes: Partial<MissionCard>, most?: { times: number; per: 'day' | 'week' }) =>
    isInReach(card('a', changes), '2026-11-29', limited(most));
  const daily = { times: 1, per: 'day' } as const;

  test('#24 only what can still be reached is offered: with a limit a day, what the days that are left suffice for', () => {
    expect(lastDays({}, daily)).toBe(false);
    expect(lastDays({ progress: 7 }, daily)).toBe(false);
    expect(lastDays({ progress: 8 }, daily)).toBe(true);
    expect(lastDays({ progress: 6 }, { times: 2, per: 'day' })).toBe(true);
    expect(lastDays({ progress: 5 }, { times: 2, per: 'day' })).toBe(false);
    expect(isInReach(card('a', {}), '2026-11-21', limited(daily))).toBe(true);
    expect(isInReach(card('a', {}), '2026-11-22', limited(daily))).toBe(false);
    // One purchase can bring all of these, and a streak that has not begun has no end.
    for (const kind of ['sum', 'distinct', 'set', 'shared'] as const) expect(lastDays({ kind }, daily)).toBe(true);
    expect(lastDays({ kind: 'streak', endsOn: null }, daily)).toBe(true);
    expect(lastDays({ endsOn: null }, daily)).toBe(true);
  });

  test('#24 without a limit a day, as many as somebody may well do', () => {
    // Ten visits on the last two days are for nobody; three coffees are.
    expect(lastDays({})).toBe(false);
    expect(lastDays({ progress: 4 })).toBe(true);
    expect(lastDays({ progress: 4 }, { times: 1, per: 'week' })).toBe(true);
    expect(lastDays({ kind: 'sequence', target: 3 })).toBe(true);
    expect(lastDays({ kind: 'sequence', target: 7 })).toBe(false);
  });

  test('#24 what is not open, or has no place left, is not offered', () => {
    const open = { progress: 9 };
    expect(lastDays({ ...open, opensOn: '2026-12-01' })).toBe(false);
    expect(lastDays({ ...open, locked: [{ badge: 'cafetera' }] })).toBe(false);
    expect(lastDays({ ...open, places: { limit: 5, left: 0 } })).toBe(false);
    expect(lastDays({ ...open, places: { limit: 5, left: 1 } })).toBe(true);
  });
});

test('E1 missions are begun, or not begun, or completed; what repeats can be both', () => {
  const sorted = sortMissions([
    card('begun', { progress: 3 }),
    card('fresh', {}),
    card('done', { progress: 10, done: true, completions: 1 }),
    card('again', { progress: 1, completions: 2 }),
  ]);
  const ids = (cards: readonly MissionCard[]) => cards.map(({ id }) => id);
  expect(ids(sorted.active)).toEqual(['begun', 'again']);
  expect(ids(sorted.available)).toEqual(['fresh']);
  expect(ids(sorted.completed)).toEqual(['done', 'again']);
});
