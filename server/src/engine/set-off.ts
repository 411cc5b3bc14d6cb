import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { SetOff } from '@verbena/shared/ledger/facts.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { CompiledProgram, TriggerKey } from './compiled-program.js';
import { findMission } from './decide-reversal.js';
import type { Occurrence, PastEntry } from './past-entry.js';
import type { Happened, StandingPast } from './standing-past.js';
import { isSameUse } from './subtract-set-off.js';

/** The points of an entry that rules gave for one of its triggers, with the allowances that they used. */
export function setOffBy(program: CompiledProgram, past: StandingPast, { trigger, entry }: Occurrence): SetOff {
  const { seq, activity } = entry;
  const lines = entry.lines.filter(({ kind, by, ref }) => {
    // What only became usable here was given by another entry.
    if (kind === 'earn' && ref !== undefined) return false;
    const on = program.triggersOfRules.get(`${by.id}@${by.rev}`) ?? `activity:${activity.type}`;
    return (kind === 'earn' || kind === 'pend') && by.kind === 'rule' && on === trigger;
  });
  const rules = new Set(lines.map(({ by }) => by.id));
  const effects = entry.effects.filter(
    (effect) =>
      (effect.type === 'cap.used' && rules.has(effect.rule)) ||
      (effect.type === 'activity.counted' && trigger === `activity:${effect.activity}`) ||
      (effect.type === 'mission.failed' && listensFor(program, effect, trigger)) ||
      (effect.type === 'budget.used' && effect.by.kind === 'rule' && rules.has(effect.by.id)),
  );
  return { seq, lines, effects: effects.map((effect) => asItIsUsed(past, effect)) };
}

/** A completion, with its reward and what rules gave for it. */
export function rewardOf(
  program: CompiledProgram,
  past: StandingPast,
  { entry, effect }: Happened<'mission.completed'>,
): SetOff {
  const { mission } = effect;
  const { seq, lines, effects } = setOffBy(program, past, { trigger: `mission:${mission}`, entry });
  const own = linesOf(entry, mission, undefined);
  const budgets = budgetsOf(entry, mission, undefined);
  return { seq, lines: [...own, ...lines], effects: [effect, ...budgets, ...effects] };
}

/** A part of a mission's way, with its reward. */
export function stepRewardOf({ entry, effect }: Happened<'mission.stepped'>): SetOff {
  const { mission, step } = effect;
  const lines = linesOf(entry, mission, step);
  return { seq: entry.seq, lines, effects: [effect, ...budgetsOf(entry, mission, step)] };
}

/** Points that were pending stand since as what they became: the lot of the day on which they became usable. */
export function asItStands(past: StandingPast, line: PointsLine): PointsLine {
  if (line.kind !== 'pend') return line;
  for (const entry of past.entries)
    for (const one of entry.lines)
      if (one.kind === 'earn' && one.ref === line.ref) return { ...one, amount: line.amount };
  return line;
}

/** Pending points that were cancelled gave back then what they had taken of what all share. */
function asItIsUsed(past: StandingPast, effect: Effect): Effect {
  if (effect.type !== 'budget.used' || effect.ref === undefined) return effect;
  const given = past.entries.flatMap(({ facts, effects }) =>
    facts.reversed === undefined ? effects.filter((one) => isSameUse(one, effect) && one !== effect) : [],
  );
  const cancelled = given.reduce(
    (sum, one) => (one.type === 'budget.used' && one.amount < 0 && one.ref === effect.ref ? sum - one.amount : sum),
    0,
  );
  return { ...effect, amount: Math.max(0, effect.amount - cancelled) };
}

/** Whether what makes this attempt fail is set off by such a trigger. */
function listensFor(
  program: CompiledProgram,
  { mission, rev }: Extract<Effect, { type: 'mission.failed' }>,
  trigger: TriggerKey,
): boolean {
  return findMission(program, mission, rev)?.failure?.trigger === trigger;
}

/** The points that a completion, or a part of a mission's way, gave by itself. */
function linesOf(entry: PastEntry, mission: string, step: number | undefined): PointsLine[] {
  return entry.lines.filter(
    ({ kind, by }) => kind === 'earn' && by.kind === 'mission' && by.id === mission && by.step === step,
  );
}

/** What it took of what all share. */
function budgetsOf(entry: PastEntry, mission: string, step: number | undefined): Effect[] {
  return entry.effects.filter(
    (effect) =>
      effect.type === 'budget.used' &&
      effect.by.kind === 'mission' &&
      effect.by.id === mission &&
      effect.by.step === step,
  );
}
