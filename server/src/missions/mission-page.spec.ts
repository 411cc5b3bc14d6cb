import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { MemberState, MissionState } from '@verbena/shared/ledger/member-state.js';
import type { Mission, MissionGoal } from '@verbena/shared/missions/mission.js';
import type { MissionSlot } from '#engine/compiled-program.js';
import { missionPageOf } from './mission-page.js';

const TODAY = { program: '2026-11-20', member: '2026-11-20' };

const slotOf = (goal: MissionGoal): MissionSlot => {
  const definition: Mission = {
    id: 'visitas',
    rev: 1,
    name: { es: 'Visitas', en: 'Visits' },
    description: { es: 'Ven.', en: 'Come.' },
    on: { activity: 'purchase' },
    goal,
    reward: { points: [{ currency: 'puntos', amount: 10 }], badges: [] },
    zone: 'program',
  };
  return {
    id: 'visitas',
    listens: new Set(['activity:purchase']),
    current: {
      definition,
      trigger: 'activity:purchase',
      when: null,
      gate: null,
      collect: () => [],
      folds: false,
      wanted: null,
      sequence: [],
      steps: [],
      failure: null,
      listens: new Set(['activity:purchase']),
    },
    older: [],
  };
};

const stateOf = (mission: Partial<MissionState>): MemberState => ({
  seq: 9,
  newestOccurredAt: null,
  balances: {},
  lots: {},
  earned: {},
  counters: {},
  caps: {},
  missions: { visitas: { completions: 0, periods: {}, weeks: {}, ...mission } },
  badges: {},
  tier: null,
});

const entry = (seq: number, ...effects: Effect[]) => ({
  seq,
  at: '2026-11-20T10:00:00.000Z',
  effects,
  activity: { type: 'purchase', occurredAt: '2026-11-20T09:00:00.000Z', attributes: {} },
});

const progressed = (progress: number, period = '2026-11'): Effect => ({
  type: 'mission.progressed',
  mission: 'visitas',
  rev: 1,
  period,
  progress,
  target: 2,
});
const completed = (period = '2026-11', weeks?: string[]): Effect => ({
  type: 'mission.completed',
  mission: 'visitas',
  rev: 1,
  period,
  completions: 1,
  ...(weeks === undefined ? {} : { weeks }),
});
const reversed = (seq: number): Effect => ({
  type: 'activity.reversed',
  of: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  seq,
  activity: 'purchase',
  causes: 0,
});
const reverted = (takenBack: boolean, period = '2026-11', weeks?: string[]): Effect => ({
  type: 'mission.reverted',
  mission: 'visitas',
  rev: 1,
  period,
  progress: 1,
  target: 2,
  completions: takenBack ? 0 : 1,
  done: !takenBack,
  takenBack,
  ...(weeks === undefined ? {} : { weeks }),
});

const twoAMonth = slotOf({ kind: 'count', target: 2, per: 'month' });

describe('a mission page of a journal with reversals', () => {
  test('C5 what was taken back stays as evidence, marked; its completion goes', () => {
    const trail = [
      entry(3, reversed(1), reverted(true)),
      entry(2, progressed(2), completed()),
      entry(1, progressed(1)),
    ];
    const page = missionPageOf(twoAMonth, stateOf({}), TODAY, trail);
    expect(page?.evidence.map(({ seq, reversed: is, completed: done }) => [seq, is, done])).toEqual([
      [2, false, false],
      [1, true, false],
    ]);
    expect(page?.completedAt).toEqual([]);
  });

  test('C5 a completion that still holds stays, and one of an earlier period is not touched', () => {
    const trail = [
      entry(6, reversed(5), reverted(false)),
      entry(5, progressed(3)),
      entry(4, progressed(2), completed()),
      entry(3, progressed(1)),
      entry(2, progressed(2, '2026-10'), completed('2026-10')),
    ];
    const page = missionPageOf(twoAMonth, stateOf({}), TODAY, trail);
    expect(page?.completedAt.map(({ seq }) => seq)).toEqual([4, 2]);
    expect(page?.evidence.map(({ seq }) => seq)).toEqual([5, 4, 3]);
    const later = missionPageOf(twoAMonth, stateOf({}), TODAY, [entry(7, reversed(4), reverted(true)), ...trail]);
    expect(later?.completedAt.map(({ seq }) => seq)).toEqual([2]);
  });

  test('C5 a streak that was taken back frees its weeks, whichever of them the reversal names', () => {
    const streak = slotOf({ kind: 'streak', weeks: 2 });
    const weeks = ['2026-W46', '2026-W47'];
    const trail = [
      entry(3, reversed(2), reverted(true, '2026-W47', weeks)),
      entry(2, progressed(2, '2026-W47'), completed('2026-W46', weeks)),
      entry(1, progressed(1, '2026-W46')),
    ];
    const state = stateOf({ weeks: { '2026-W46': { rev: 1, used: false } } });
    const page = missionPageOf(streak, state, TODAY, trail);
    expect(page?.completedAt).toEqual([]);
    expect(page?.weeks).toEqual([
      { week: '2026-W46', state: 'free' },
      { week: '2026-W47', state: 'now' },
    ]);
  });

  test('A7 the calendar is the one that the mission chooses', () => {
    const nextMonthThere = { program: '2026-11-30', member: '2026-12-01' };
    expect(missionPageOf(twoAMonth, stateOf({}), nextMonthThere, [])?.card.period).toBe('2026-11');
    const current = twoAMonth.current && {
      ...twoAMonth.current,
      definition: { ...twoAMonth.current.definition, zone: 'member' as const },
    };
    expect(missionPageOf({ ...twoAMonth, current }, stateOf({}), nextMonthThere, [])?.card.period).toBe('2026-12');
  });

  test('E1 a mission that is withdrawn has no page, except for who is in the middle of it', () => {
    const withdrawn: MissionSlot = { ...twoAMonth, current: null, older: twoAMonth.current ? [twoAMonth.current] : [] };
    expect(missionPageOf(withdrawn, stateOf({}), TODAY, [])).toBeNull();
    const held = stateOf({ periods: { '2026-11': { rev: 1, progress: 1, done: false } } });
    expect(missionPageOf(withdrawn, held, TODAY, [])?.card.progress).toBe(1);
  });
});
