import { REVERSED_SUFFIX } from '@verbena/shared/activities/activity-type.js';
import type { Effect, MissionFailed } from '@verbena/shared/ledger/effect.js';
import type { MissionRemainder, ReversedEntry, SetOff } from '@verbena/shared/ledger/facts.js';
import type { MissionState } from '@verbena/shared/ledger/member-state.js';
import { targetOf, type Mission, type StreakGoal } from '@verbena/shared/missions/mission.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { waitsOf } from './apply-effect.js';
import { addDays, lastDayOf, unitAfter, unitBefore } from './calendar.js';
import type { CompiledMission, CompiledProgram } from './compiled-program.js';
import { endBadge } from './decide-badges.js';
import { fallBack } from './decide-tier.js';
import { cancel } from './decide-points.js';
import type { DecisionRun } from './decision-run.js';
import { endSooner } from './end-sooner.js';
import { forfeited, forfeitedApart } from './forfeited-badges.js';
import { makeGood } from './make-good.js';
import { moveBack } from './moved-back.js';
import { own } from './own.js';
import { isMove } from './past-entry.js';
import { freezesOf, keeperOf } from './streak.js';

const NOTHING: MissionState = { completions: 0, periods: {}, weeks: {} };

/** What the key of a reversal is: one entry, one key, whoever asks for it, so that a second reversal meets the first. */
export function reversalKey(entry: string): string {
  return `reversal:${entry}`;
}

/**
 * Takes one activity back, in full or in part: its points are negated line by line, its progress leaves its
 * periods, completions and badges that nothing else earns go with what they gave, and what it caused for members is taken
 * back there. So does a tier that nothing else carries. Reads the state and `facts.reversed`, nothing else.
 */
export function decideReversal(run: DecisionRun): void {
  const { reversed } = run.facts;
  if (reversed === undefined) throw new Error('Nobody collected what this reversal takes back.');
  const { id: of, seq, type, caused, part } = reversed;
  const effect = { type: 'activity.reversed', of, seq, activity: type, causes: caused.length } as const;
  run.record(part === undefined ? effect : { ...effect, part });
  for (const counted of reversed.counters) uncount(run, counted);
  if (isMove(type)) moveBack(run, reversed);
  else takeBack(run, reversed);
  takeAlong(run, reversed);
  for (const { id, member, type: rewarded } of caused) {
    const { occurredAt } = run.activity;
    const attributes = { of: id };
    run.caused.push({ key: reversalKey(id), member, type: rewarded + REVERSED_SUFFIX, occurredAt, attributes });
  }
}

/**
 * `badge.withdrawn { badge }`: staff take a badge away, with what it brought, so that it brings that once however often it is earned. As it was
 * recorded before that was collected, it goes alone, as one whose time is over does: what that brought stays.
 */
export function withdrawBadge(run: DecisionRun): void {
  const badge = String(run.activity.attributes['badge']);
  endBadge(run, badge, 'staff');
  const { reversed } = run.facts;
  if (reversed === undefined) return;
  for (const setOff of reversed.badges) if (setOff.badge === badge) takeBack(run, setOff);
  takeAlong(run, reversed);
}

/**
 * What goes with what is taken back: completions that nothing else makes, badges that nothing else earns, the tier and promotions that nothing
 * else brings, terms that nothing else keeps.
 */
function takeAlong(run: DecisionRun, reversed: ReversedEntry): void {
  const missions = new Set<string>();
  const completions = new Set<string>();
  const byStep = new Set<string>();
  for (const remainder of reversed.missions) {
    if (revert(run, remainder, completions)) missions.add(remainder.mission);
    for (const badge of remainder.badges ?? []) byStep.add(badge);
  }
  const whole = [...new Set([...forfeited(run, missions), ...byStep])].map((badge) => ({ badge, of: undefined }));
  for (const { badge, of } of [...whole, ...forfeitedApart(run)]) {
    const held = own(run.draft.state.badges, badge);
    const rev = of === undefined ? held?.rev : own(held?.of ?? {}, of);
    if (rev !== undefined && !run.program.keptBadges.has(`${badge}@${rev}`)) revoke(run, badge, rev, of);
  }
  for (const promotion of reversed.promotions ?? []) takeBack(run, promotion);
  if (reversed.tier !== undefined) fallBack(run, reversed.tier);
  for (const term of reversed.endsSooner ?? []) endSooner(run, term, isMove(reversed.type));
}

/** A bucket that is forgotten already has nothing to give back. */
function uncount(run: DecisionRun, counted: { counter: string; bucket: string; amount: number }): void {
  const buckets = own(run.draft.state.counters, counted.counter) ?? {};
  if (own(buckets, counted.bucket) === undefined) return;
  run.record({ ...counted, type: 'counter.added', amount: -counted.amount });
}

/** Negates points, and gives back what they took from allowances. */
function takeBack(run: DecisionRun, { lines, effects }: Pick<SetOff, 'lines' | 'effects'>): void {
  for (const line of lines) negate(run, line);
  for (const effect of effects) {
    if (effect.type === 'cap.used') giveBack(run, effect);
    else if (effect.type === 'budget.used' && effect.amount > 0) run.record({ ...effect, amount: -effect.amount });
    else if (effect.type === 'mission.failed') unfail(run, effect);
    else if (effect.type === 'activity.counted' && run.facts.reversed?.part === undefined)
      run.record({ ...effect, times: -effect.times });
  }
}

/** What made an attempt fail is gone: nothing waits for it any more. */
function unfail(run: DecisionRun, { mission, rev, from, until }: MissionFailed): void {
  const waits = waitsOf(own(run.draft.state.missions, mission) ?? NOTHING);
  if (until === null || !waits.some((one) => one.from === from && one.until === until)) return;
  const gone = from === undefined ? { until } : { from, until };
  run.record({ type: 'mission.failed', mission, rev, until: null, gone });
}

function negate(run: DecisionRun, line: PointsLine): void {
  const { currency, amount, by, pocket, ref = '' } = line;
  if (pocket === 'pending') {
    const there = Math.min(amount, own(run.draft.state.pending ?? {}, ref)?.amount ?? 0);
    if (there > 0) cancel(run, ref, there);
    return;
  }
  makeGood(run, line);
  run.book({ ...line, amount: -amount, kind: 'reverse' });
  run.receipt.fire(by.kind, by, { currency, amount: -amount });
}

function giveBack(run: DecisionRun, { rule, cap, period, times, points }: Extract<Effect, { type: 'cap.used' }>): void {
  const used = own(own(run.draft.state.caps, cap) ?? {}, period);
  if (used === undefined) return;
  const caps = run.program.rules.flatMap(({ earn }) => earn.flatMap((earning) => earning.caps));
  const allowed = caps.find(({ id }) => id === cap)?.times;
  const left = allowed === undefined ? null : allowed - used.times + times;
  run.record({ type: 'cap.used', rule, cap, period, times: -times, points: -points, left });
}

/** Sets a mission to what remains. Says whether a completion was taken back; each is so once (`taken`). */
function revert(run: DecisionRun, remainder: MissionRemainder, taken: Set<string>): boolean {
  const mission = findMission(run.program, remainder.mission, remainder.rev);
  if (mission === undefined) return false;
  const state = own(run.draft.state.missions, remainder.mission) ?? NOTHING;
  const completed = remainder.completion?.effects.find((effect) => effect.type === 'mission.completed');
  const key = completed === undefined ? '' : `${completed.mission} ${completed.period}`;
  const completion = completed === undefined || taken.has(key) ? undefined : completed;
  const isTaken =
    mission.definition.goal.kind === 'streak'
      ? revertStreak(run, mission, state, remainder, completion)
      : revertPeriod(run, mission, state, remainder, completion);
  for (const step of remainder.steps ?? []) takeBack(run, step);
  for (const one of remainder.completions ?? []) takeBack(run, one);
  if (!isTaken) return false;
  if (key !== '') taken.add(key);
  const given = [remainder.completion, ...(remainder.completions ?? [])].flatMap((one) => one?.lines ?? []);
  if (given.every(({ by }) => by.kind !== 'mission')) run.receipt.fire('mission', mission.definition);
  if (remainder.completion !== undefined) takeBack(run, remainder.completion);
  for (const other of remainder.others ?? []) {
    takeBack(run, other);
    if (mission.definition.goal.kind === 'streak') freeWeeks(run, mission, remainder, other, taken);
  }
  return true;
}

/** A further completion of a joined account that had used the same week: it goes with it, and its other weeks are free. */
function freeWeeks(
  run: DecisionRun,
  mission: CompiledMission,
  remainder: MissionRemainder,
  other: SetOff,
  taken: Set<string>,
): void {
  const completed = other.effects.find((effect) => effect.type === 'mission.completed');
  if (completed === undefined) return;
  const state = own(run.draft.state.missions, remainder.mission) ?? NOTHING;
  revertStreak(run, mission, state, remainder, completed);
  taken.add(`${completed.mission} ${completed.period}`);
}

type Completed = Extract<Effect, { type: 'mission.completed' }> | undefined;

function revertPeriod(
  run: DecisionRun,
  { definition }: CompiledMission,
  state: MissionState,
  remainder: MissionRemainder,
  completion: Completed,
): boolean {
  const { id, rev, goal } = definition;
  if (goal.kind === 'streak') return false;
  const { period, count, items, times, stepsLeft: steps } = remainder;
  const target = targetOf(goal);
  const counted = remainder.progress ?? Math.min(goal.kind === 'distinct' ? (items?.length ?? 0) : count, target);
  const present = own(state.periods, period);
  // Where accounts were joined, both together may have come further than the books say: a return never brings forward.
  const isMerged = run.facts.reversed?.merged === true;
  // What all reached together stays reached, whatever one of them takes back.
  const isOwn = goal.kind !== 'shared';
  const fallen =
    remainder.completions?.length ??
    (isOwn && completion !== undefined && (isMerged || counted < target) ? 1 + (remainder.others ?? []).length : 0);
  const takenBack = fallen > 0;
  const left = isMerged ? items && (present?.items ?? []).filter((item) => items.includes(item)) : items;
  const most = left === undefined || goal.kind !== 'distinct' ? (present?.progress ?? 0) : left.length;
  const progress = isMerged ? Math.min(counted, most) : counted;
  const isSame =
    present?.progress === progress &&
    JSON.stringify(present.items ?? []) === JSON.stringify(left ?? []) &&
    (remainder.steps ?? []).length === 0;
  // Nothing of it is left to see once the period is forgotten.
  if (!takenBack && (isSame || present === undefined)) return false;
  const done = isMerged
    ? present?.done === true && (remainder.stands === true || !takenBack)
    : completion !== undefined && !takenBack;
  const completions = state.completions - fallen;
  run.record({
    type: 'mission.reverted',
    ...{ mission: id, rev, period, progress, target, completions, done, takenBack },
    ...(left === undefined ? {} : { items: left }),
    ...(steps === undefined ? {} : { steps: Math.min(steps, present?.steps ?? 0) }),
    ...(times === undefined ? {} : { times: isMerged ? Math.min(times, present?.times ?? 0) : times }),
  });
  if (!done && isOwn)
    run.receipt.miss('mission', definition, [`progress:${lastDayOf(period) ?? 'ever'}`, progress, target]);
  return takenBack;
}

/** The week goes only when no other activity marks it; a completion that used it goes too, and its other weeks are free. */
function revertStreak(
  run: DecisionRun,
  { definition }: CompiledMission,
  state: MissionState,
  { period: week, count }: MissionRemainder,
  completion: Completed,
): boolean {
  const { id, rev, goal } = definition;
  if (goal.kind !== 'streak' || count > 0) return false;
  const mark = own(state.weeks, week);
  const isMarked = mark !== undefined && mark.kept === undefined;
  if (!isMarked && completion === undefined) return false;
  const takenBack = completion !== undefined;
  const weeks = (completion?.weeks ?? []).filter((used) => used !== week && own(state.weeks, used) !== undefined);
  const isFree = (other: string): boolean => weeks.includes(other) || own(state.weeks, other)?.used === false;
  const counts = (other: string): boolean => own(state.weeks, other)?.kept === undefined;
  const progress = Math.max(
    runOf(week, unitBefore, isFree).filter(counts).length,
    runOf(week, unitAfter, isFree).filter(counts).length,
  );
  run.record({
    type: 'mission.reverted',
    mission: id,
    rev,
    period: completion?.period ?? week,
    progress,
    target: targetOf(goal),
    completions: state.completions - (takenBack ? 1 : 0),
    done: false,
    takenBack,
    weeks,
    ...(isMarked ? { left: week } : {}),
  });
  const held = freezesOf(goal, state);
  const gained = takenBack ? (goal.freezes?.perCompletion ?? 0) : 0;
  const left = Math.max(0, held - gained);
  if (left < held) run.record({ type: 'streak.granted', mission: id, rev, freezes: left });
  // What is over by now would have been kept: a freeze, or the planned pause, steps in where the reversal leaves a hole.
  if (isMarked) keepHole(run, definition, goal, week);
  return takenBack;
}

function keepHole(run: DecisionRun, { id, rev, zone }: Mission, goal: StreakGoal, unit: string): void {
  const state = own(run.draft.state.missions, id) ?? NOTHING;
  const isAlive = own(state.weeks, unitBefore(unit))?.used === false;
  const overOn = addDays(lastDayOf(unit) ?? unit, 1 + (goal.graceDays ?? 0));
  if (!isAlive || overOn > run.facts.calendar.now[zone]) return;
  const by = keeperOf(goal, state, unit);
  if (by === null) return;
  const kept = { type: 'streak.kept', mission: id, rev, period: unit, by } as const;
  run.record(by === 'pause' ? kept : { ...kept, freezes: freezesOf(goal, state) - 1 });
}

/** The free units that follow one another on one side of one. */
function runOf(unit: string, step: (unit: string) => string, isFree: (unit: string) => boolean): string[] {
  const run: string[] = [];
  for (let next = step(unit); isFree(next); next = step(next)) run.push(next);
  return run;
}

function revoke(run: DecisionRun, badge: string, rev: number, of: string | undefined): void {
  const revoked = { type: 'badge.revoked', badge, rev } as const;
  run.record(of === undefined ? revoked : { ...revoked, of });
  run.receipt.fire('badge', { id: badge, rev });
  const setOffs = (run.facts.reversed?.badges ?? []).filter((one) => one.badge === badge && one.of === of);
  // Accounts that were joined may each have been granted it for the value. Of one that counts all together the first goes, as ever.
  for (const setOff of of === undefined ? setOffs.slice(0, 1) : setOffs) takeBack(run, setOff);
}

export function findMission(program: CompiledProgram, id: string, rev: number): CompiledMission | undefined {
  const slot = program.missions.find((one) => one.id === id);
  return (slot && [slot.current, ...slot.older].find((mission) => mission?.definition.rev === rev)) || undefined;
}
