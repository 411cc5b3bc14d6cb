import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { SetOff, Undone } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { ForgivenPoints } from '@verbena/shared/ledger/state-patch.js';
import { targetOf } from '@verbena/shared/missions/mission.js';
import { isSame } from '@verbena/shared/programs/judge-change.js';
import { applyEffect } from '#engine/apply-effect.js';
import { applyLine } from '#engine/apply-line.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { findMission } from '#engine/decide-reversal.js';
import { correctedByUndos } from '#engine/entries-after-undos.js';
import { fold } from '#engine/fold.js';
import { initialState } from '#engine/initial-state.js';
import { linesBetween } from '#engine/lines-between.js';
import { own } from '#engine/own.js';
import { StateDraft } from '#engine/state-draft.js';
import { patchBetween } from '#engine/state-patch.js';
import type { JournalEntry } from './journal-entry.js';
import { type ClosedJournals, NO_CLOSED } from './merged-past.js';
import { type PastWithout, replayWithout, type RulesWithout } from './past-without.js';
import { isWithin, type Replacement } from './undo-scope.js';
import { givenBack, pendingWithin, withinUses } from './undo-uses.js';

/** What undoing a version comes to for one member. */
export interface MemberUndo {
  readonly undone: Undone;
  readonly before: MemberState;
  readonly after: MemberState;
  readonly forgiven: readonly ForgivenPoints[];
}

/** What a member's books and the same without a version differ by; `null` where in nothing. */
export interface UndoDifference {
  readonly undo: MemberUndo | null;
  /** What its entries caused for others and would not have. */
  readonly gone: PastWithout['gone'];
}

/**
 * Finds what must be booked so that a member stands as if a version had never been. The state after it equals the replay without
 * that version in balances, lots, pockets, what was earned, counters, allowances, missions, badges and tier.
 * @throws where it would not, which is a defect, and for an account that was joined to another: its points are there. `closed` are
 * the journals of accounts joined to this one.
 */
export function differenceWithout(
  plan: string,
  recorded: readonly JournalEntry[],
  rules: RulesWithout,
  removed: ReadonlySet<string> = new Set(),
  closed: ClosedJournals = NO_CLOSED,
): UndoDifference {
  const first = recorded[0];
  const last = recorded.at(-1);
  if (first === undefined || last === undefined) return { undo: null, gone: [] };
  if (last.effects.some(({ type }) => type === 'member.closed'))
    throw new Error(
      'The account was joined to another one, which has what it had: that is to be put right there by hand.',
    );
  const without = replayWithout(recorded, rules, removed, closed);
  const initial = initialState(rules.atVersion(first.version));
  const before = recorded.reduce<MemberState>(fold, initial);
  const lines = linesBetween(
    recorded.flatMap((entry) => entry.lines),
    without.lines,
  );
  const draft = new StateDraft(before);
  for (const line of lines) applyLine(draft, line);
  const entries = withinUses(recorded, without.entries);
  const replayed = without.state ?? initial;
  const wanted = entries === without.entries ? replayed : pendingWithin(replayed, entries);
  const effects = [...givenBack(recorded, without.entries), ...visibleEffects(draft.state, wanted, rules.current)];
  for (const effect of effects) applyEffect(draft, effect);
  const corrected = correctionsOf(recorded, entries);
  const changes = patchBetween(draft.state, wanted);
  if (lines.length === 0 && effects.length === 0 && changes === null) return { undo: null, gone: without.gone };
  const forgiven = forgivenIn(lines);
  const applied: Effect = {
    type: 'undo.applied',
    plan,
    version: rules.leftOut.version,
    corrected: corrected.entries.length + corrected.gone.length,
    forgiven,
    changes: changes ?? {},
  };
  applyEffect(draft, applied);
  refuseUnequal(draft.state, wanted);
  const { version, instead, without: rule, from, until } = rules.leftOut;
  const undone: Undone = {
    ...{ plan, version, instead, from, until, seq: last.seq, lines, entries: corrected.entries, gone: corrected.gone },
    ...(corrected.came.length === 0 ? {} : { came: corrected.came }),
    effects: [...effects, applied],
    ...(rule === undefined ? {} : { without: rule }),
  };
  return { undo: { undone, before, after: draft.state, forgiven }, gone: without.gone };
}

/** Whether anything of a member was decided by what is to be left out. */
export function isConcerned(recorded: readonly JournalEntry[], leftOut: Replacement): boolean {
  return recorded.some((entry) => isWithin(leftOut, entry));
}

/** What its member should be told of, as effects of their own: badges, the tier, completions that are no more. */
function visibleEffects(from: MemberState, to: MemberState, program: CompiledProgram): Effect[] {
  const effects: Effect[] = [];
  for (const [mission, state] of Object.entries(from.missions))
    for (const [period, held] of Object.entries(state.periods)) {
      const wanted = own(own(to.missions, mission)?.periods ?? {}, period);
      const definition = findMission(program, mission, wanted?.rev ?? held.rev)?.definition;
      if (!held.done || wanted?.done === true || definition === undefined) continue;
      const { progress = 0, items, steps, times, rev = held.rev } = wanted ?? {};
      const completions = own(to.missions, mission)?.completions ?? 0;
      effects.push({
        type: 'mission.reverted',
        ...{ mission, rev, period, progress, completions, target: targetOf(definition.goal) },
        ...{ done: false, takenBack: true },
        ...(items === undefined ? {} : { items }),
        ...(steps === undefined ? {} : { steps }),
        ...(times === undefined ? {} : { times }),
      });
    }
  return [...effects, ...badgeEffects(from.badges, to.badges), ...tierEffects(from, to, program)];
}

/** Of what is held for values each is told, as it was granted. */
function badgeEffects(from: MemberState['badges'], to: MemberState['badges']): Effect[] {
  const effects: Effect[] = [];
  for (const [badge, { rev, of }] of Object.entries(from)) {
    const wanted = own(to, badge);
    if (wanted === undefined && of === undefined) effects.push({ type: 'badge.revoked', badge, rev });
    for (const [value, since] of Object.entries(of ?? {}))
      if (wanted === undefined || (wanted.of !== undefined && own(wanted.of, value) === undefined))
        effects.push({ type: 'badge.revoked', badge, rev: since, of: value });
  }
  for (const [badge, { rev, on, until, of }] of Object.entries(to)) {
    const held = own(from, badge);
    if (held === undefined && of === undefined)
      effects.push({ type: 'badge.granted', badge, rev, on, ...(until === undefined ? {} : { until }) });
    for (const [value, since] of Object.entries(of ?? {}))
      if (held === undefined || (held.of !== undefined && own(held.of, value) === undefined))
        effects.push({ type: 'badge.granted', badge, rev: since, on, of: value });
  }
  return effects;
}

function tierEffects({ tier: from }: MemberState, { tier: to }: MemberState, { tiers }: CompiledProgram): Effect[] {
  const rankOf = (id: string | undefined): number => tiers.ladder.findIndex(({ definition }) => definition.id === id);
  const [lowest] = tiers.ladder;
  const held = from?.id ?? lowest?.definition.id;
  if (held === undefined || to === null || to.since === null || to.id === held) return [];
  const { id, rev, since, until, floor } = to;
  const direction = rankOf(id) > rankOf(held) ? 'up' : 'down';
  const moved = { type: 'tier.moved', from: held, to: id, rev, direction, since, until } as const;
  return [floor === undefined ? moved : { ...moved, floor }];
}

/** The entries that stand differently from now on, those that would not be there, and those that would not have been refused. */
function correctionsOf(
  recorded: readonly JournalEntry[],
  entries: PastWithout['entries'],
): { entries: SetOff[]; gone: number[]; came: number[] } {
  const found: { entries: SetOff[]; gone: number[]; came: number[] } = { entries: [], gone: [], came: [] };
  const known = correctedByUndos(recorded);
  for (const entry of recorded) {
    const { seq, outcome, activity } = entry;
    if (/^(?:state|undo)\./.test(activity.type)) continue;
    const again = entries.get(entry._id);
    const stands = known.get(seq) ?? entry;
    if (again === undefined || again.outcome !== outcome) {
      const isOfTime = activity.source === 'clock' && activity.type !== 'tier.assessed';
      if (outcome === 'accepted' && !isOfTime) found.gone.push(seq);
      if (again === undefined) continue;
      if (outcome === 'refused') found.came.push(seq);
    }
    const { lines, effects } = again;
    if (isSame(lines, stands.lines) && isSame(bare(effects), bare(stands.effects))) continue;
    found.entries.push({ seq, lines: [...lines], effects: bare(effects) });
  }
  return found;
}

/** Counters are those of a version, and counted anew where they are wanted. */
function bare(effects: readonly Effect[]): Effect[] {
  return effects.filter(({ type }) => type !== 'counter.added');
}

function forgivenIn(lines: MemberUndo['undone']['lines']): ForgivenPoints[] {
  const sums = new Map<string, number>();
  for (const { kind, currency, amount } of lines)
    if (kind === 'forgive') sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].flatMap(([currency, amount]) => (amount > 0 ? [{ currency, amount }] : []));
}

/** Whatever the effects say, the state that they make must be the wanted one. */
function refuseUnequal(state: MemberState, wanted: MemberState): void {
  for (const part of ['balances', 'lots', 'earned', 'owed'] as const)
    if (!isSame(present(state[part]), present(wanted[part])))
      throw new Error(
        `The undo would not make ${part} ${JSON.stringify(wanted[part])}: ${JSON.stringify(state[part])}.`,
      );
  if (patchBetween(state, wanted) !== null) throw new Error('The undo would not make the state what it should be.');
}

/** Without what is nothing: an empty list of lots, a balance or a year of 0. */
function present(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, one]): [string, unknown] => [key, present(one)])
    .filter(([, one]) => one !== 0 && one !== undefined && !(Array.isArray(one) && one.length === 0))
    .filter(([, one]) => typeof one !== 'object' || one === null || Array.isArray(one) || Object.keys(one).length > 0);
  return Object.fromEntries(kept);
}
