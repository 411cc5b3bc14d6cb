import type { MissionState, PeriodProgress } from '@verbena/shared/ledger/member-state.js';
import { targetOf, type Mission, type PeriodGoal, type StreakGoal } from '@verbena/shared/missions/mission.js';
import { budgetOfCurrency, budgetOfMission } from '@verbena/shared/programs/budget.js';
import { addDays, lastDayOf, periodKey, unitAfter, type CalendarDay } from './calendar.js';
import type { Unmet } from './compile-condition.js';
import type { CompiledMission, CompiledStep, MissionSlot, TriggerKey } from './compiled-program.js';
import { askBudgets, takeFromBudgets } from './decide-budget.js';
import { Refusal, type DecisionRun } from './decision-run.js';
import { addTo, stepsReached } from './mission-tally.js';
import { own } from './own.js';
import { countIn, freeRun, freezesOf, unitFor, usedBy } from './streak.js';

const NOTHING: MissionState = { completions: 0, periods: {}, weeks: {} };

/** Progress and completions of every mission that the triggers set off. Gives the badges that completions and steps award. */
export function decideMissions(run: DecisionRun, triggers: readonly TriggerKey[]): ReadonlySet<string> {
  const badges = new Set<string>();
  for (const slot of run.program.missions) {
    if (!triggers.some((trigger) => slot.listens.has(trigger))) continue;
    const state = own(run.draft.state.missions, slot.id) ?? NOTHING;
    const mission = chooseRevision(slot, state, run);
    if (mission === null) continue;
    fail(run, mission, triggers);
    const waits = whatItWaitsFor(mission, state, run);
    if (!triggers.includes(waits.trigger)) continue;
    const unmet = unmetOf(run, mission, waits);
    if (unmet !== null) run.receipt.miss('mission', mission.definition, unmet);
    else for (const badge of advance(run, mission, state)) badges.add(badge);
  }
  return badges;
}

/** The trigger and condition of the next step of a sequence, or of the mission itself. */
function whatItWaitsFor(mission: CompiledMission, state: MissionState, run: DecisionRun): CompiledStep {
  const { goal, zone } = mission.definition;
  if (goal.kind !== 'sequence') return { trigger: mission.trigger, when: null };
  const present = own(state.periods, periodKey(run.seen.day[zone], goal.per));
  return mission.sequence[present?.progress ?? 0] ?? { trigger: mission.trigger, when: null };
}

function unmetOf(run: DecisionRun, mission: CompiledMission, step: CompiledStep): Unmet | null {
  for (const condition of [mission.gate, mission.when, step.when])
    if (condition && !condition.test(run.seen)) return condition.explain(run.seen);
  return null;
}

/** Notes a failed attempt: nothing counts for some days. It does not take back what was reached. */
function fail(run: DecisionRun, { definition, failure }: CompiledMission, triggers: readonly TriggerKey[]): void {
  if (failure === null || !triggers.includes(failure.trigger)) return;
  if (failure.when !== null && !failure.when.test(run.seen)) return;
  const { id, rev, zone } = definition;
  const from = run.seen.day[zone].date;
  const until = addDays(from, failure.coolDownDays);
  run.record({ type: 'mission.failed', mission: id, rev, from, until });
  run.receipt.miss('mission', definition, ['failed:now', null, until]);
}

/**
 * The revision under which a member plays: that of the period, or of the streak, in which it already stands; else the
 * present one.
 */
function chooseRevision(slot: MissionSlot, state: MissionState, run: DecisionRun): CompiledMission | null {
  for (const older of slot.older) {
    const { goal, zone, rev } = older.definition;
    const day = run.seen.day[zone];
    const held =
      goal.kind === 'streak'
        ? freeRun(state, unitFor(goal, state, day)).some((unit) => own(state.weeks, unit)?.rev === rev)
        : own(state.periods, periodKey(day, goal.per))?.rev === rev;
    if (held) return older;
  }
  return slot.current;
}

/** What one matching trigger makes of a mission: records progress, gives what was reached, says which badges come with it. */
function advance(run: DecisionRun, mission: CompiledMission, state: MissionState): readonly string[] {
  const { goal, zone } = mission.definition;
  const day = run.seen.day[zone];
  return goal.kind === 'streak'
    ? advanceStreak(run, mission, goal, state, day)
    : advancePeriod(run, mission, goal, state, day);
}

function advancePeriod(
  run: DecisionRun,
  mission: CompiledMission,
  goal: PeriodGoal,
  state: MissionState,
  day: CalendarDay,
): readonly string[] {
  const period = periodKey(day, goal.per);
  const present = own(state.periods, period);
  if (!begin(run, mission, period) || isDone(run, mission, state, period)) return [];
  const { id, rev } = mission.definition;
  const target = targetOf(goal);
  const before = { progress: present?.progress ?? 0, items: present?.items ?? [] };
  const after = addTo(before, mission, goal, run.seen.attributes);
  const { progress } = after;
  if (after !== before) {
    const items = after.items.slice(before.items.length);
    const progressed = { type: 'mission.progressed', mission: id, rev, period, progress, target } as const;
    run.record(items.length === 0 ? progressed : { ...progressed, items });
  }
  const badges = rewardSteps(run, mission, period, present, progress);
  // What all bring together is added up elsewhere: reaching it is an activity of its own.
  if (goal.kind === 'shared') return badges;
  if (progress < target) {
    run.receipt.miss('mission', mission.definition, [`progress:${lastDayOf(period) ?? 'ever'}`, progress, target]);
    return badges;
  }
  return [...badges, ...(complete(run, mission, state, period) ?? [])];
}

/** Rewards the parts of the way that are reached now, each once a turn. */
function rewardSteps(
  run: DecisionRun,
  mission: CompiledMission,
  period: string,
  present: PeriodProgress | undefined,
  progress: number,
): readonly string[] {
  const { steps, definition } = mission;
  if (steps.length === 0) return [];
  const before = (present?.times ?? 0) * steps.length;
  const badges: string[] = [];
  for (let step = (present?.steps ?? 0) - before; step < stepsReached(mission, progress); step += 1) {
    const { id, rev } = definition;
    run.record({ type: 'mission.stepped', mission: id, rev, period, step, steps: before + step + 1 });
    for (const { currency, amount } of steps[step]?.reward.points ?? []) {
      give(run, definition, currency, amount, step);
    }
    badges.push(...(steps[step]?.reward.badges ?? []));
  }
  return badges;
}

function advanceStreak(
  run: DecisionRun,
  mission: CompiledMission,
  goal: StreakGoal,
  state: MissionState,
  day: CalendarDay,
): readonly string[] {
  const unit = unitFor(goal, state, day);
  const { id, rev } = mission.definition;
  const target = targetOf(goal);
  if (!begin(run, mission, unit)) return [];
  const mark = own(state.weeks, unit);
  if (mark !== undefined && (mark.used || mark.kept === undefined)) {
    const reached = mark.used ? 0 : countIn(state, freeRun(state, unit));
    // A week that is marked keeps the streak until the end of the next one, however often it is marked.
    run.receipt.miss('mission', mission.definition, [`streak:${lastDayOf(unitAfter(unit))}`, reached, target]);
    return [];
  }
  const progress = countIn(state, freeRun(state, unit)) + (mark === undefined ? 0 : 1);
  const thawed = mark?.kept === 'freeze' ? Math.min(freezesOf(goal, state) + 1, goal.freezes?.max ?? 0) : undefined;
  const progressed = {
    type: 'mission.progressed',
    mission: id,
    rev,
    period: unit,
    progress,
    target,
    week: unit,
  } as const;
  run.record(thawed === undefined ? progressed : { ...progressed, freezes: thawed });
  if (progress >= target) return completeStreak(run, mission, goal, unit);
  run.receipt.miss('mission', mission.definition, [`streak:${lastDayOf(unitAfter(unit))}`, progress, target]);
  return [];
}

/** Completes the streak around a unit where its run is long enough by now; the earliest of it is used up. */
export function completeStreak(
  run: DecisionRun,
  mission: CompiledMission,
  goal: StreakGoal,
  unit: string,
): readonly string[] {
  const { id, rev, zone } = mission.definition;
  const state = own(run.draft.state.missions, id) ?? NOTHING;
  const used = usedBy(state, freeRun(state, unit), targetOf(goal));
  const [first] = used;
  if (first === undefined) return [];
  const badges = complete(run, mission, state, first, used);
  if (badges === null) return [];
  const held = freezesOf(goal, state);
  const gained = Math.min(goal.freezes?.max ?? 0, held + (goal.freezes?.perCompletion ?? 0));
  if (gained > held) {
    const granted = { type: 'streak.granted', mission: id, rev, freezes: gained } as const;
    run.record(held > 0 ? granted : { ...granted, from: run.facts.calendar.now[zone] });
  }
  return badges;
}

/** Once a decision and period: false where this mission already had its turn. */
function begin(run: DecisionRun, mission: CompiledMission, period: string): boolean {
  const key = `mission:${mission.definition.id}:${period}`;
  if (run.fired.has(key)) return false;
  run.fired.add(key);
  return true;
}

function isDone(run: DecisionRun, mission: CompiledMission, state: MissionState, period: string): boolean {
  if (own(state.periods, period)?.done !== true) return false;
  run.receipt.miss('mission', mission.definition, [`done:${lastDayOf(period) ?? 'ever'}`, state.completions, null]);
  return true;
}

/**
 * Records the completion and gives its points, which nothing multiplies; answers its badges. Null: it is only for the first so many
 * of all members, and no place is left.
 */
function complete(
  run: DecisionRun,
  mission: CompiledMission,
  state: MissionState,
  period: string,
  weeks?: string[],
): readonly string[] | null {
  const { id, rev, reward, reset } = mission.definition;
  const place = [budgetOfMission(id)];
  const { unmet } = askBudgets(run, place, 1n);
  if (unmet !== null) {
    run.receipt.miss('mission', mission.definition, unmet);
    return null;
  }
  const completions = state.completions + 1;
  const effect = { type: 'mission.completed', mission: id, rev, period, completions } as const;
  if (weeks !== undefined) run.record({ ...effect, weeks });
  else run.record(reset === undefined ? effect : { ...effect, again: true });
  takeFromBudgets(run, place, 1, { kind: 'mission', id });
  if (reward.points.length === 0) run.receipt.fire('mission', mission.definition);
  for (const { currency, amount } of reward.points) give(run, mission.definition, currency, amount);
  return reward.badges;
}

/** Points of a mission: as many as its reward says, or what all members together are still given of that currency. */
function give(run: DecisionRun, { id, rev }: Mission, currency: string, wanted: number, step?: number): void {
  const part = step === undefined ? {} : { step };
  const budget = [budgetOfCurrency(currency)];
  const allowed = askBudgets(run, budget, BigInt(wanted));
  if (allowed.unmet !== null) run.receipt.miss('mission', { id, rev }, allowed.unmet);
  const amount = Number(allowed.amount);
  if (amount === 0) return;
  run.receipt.fire('mission', { id, rev }, { currency, amount, ...part });
  run.earn(currency, amount, { kind: 'mission', id, rev, ...part });
  takeFromBudgets(run, budget, amount, { kind: 'mission', id, ...part });
}

/**
 * `goal.reached { mission, period }`: what all members bring together was reached; who brought something gets the reward. Gives
 * its badges.
 */
export function reachGoal(run: DecisionRun): ReadonlySet<string> {
  const { mission: id, period } = run.activity.attributes;
  const slot = run.program.missions.find((one) => one.id === id);
  if (slot === undefined || typeof period !== 'string') throw new Refusal('mission.notFound');
  const state = own(run.draft.state.missions, slot.id) ?? NOTHING;
  const present = own(state.periods, period);
  const mission = [slot.current, ...slot.older].find((one) => one?.definition.rev === present?.rev);
  // Whatever it had brought was taken back meanwhile, or it has it already.
  if (!mission || present === undefined || present.progress <= 0 || present.done) return new Set();
  return new Set(complete(run, mission, state, period) ?? []);
}
