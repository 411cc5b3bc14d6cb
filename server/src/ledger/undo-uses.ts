import type { BudgetUsed, Effect } from '@verbena/shared/ledger/effect.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { budgetKey } from '@verbena/shared/programs/budget.js';
import { correctedByUndos } from '#engine/entries-after-undos.js';
import { outcomesAfterUndos } from '#engine/outcomes-after-undos.js';
import type { JournalEntry } from './journal-entry.js';
import type { PastWithout } from './past-without.js';

type Entries = PastWithout['entries'];

/** What members share and that would not have been given to this one is there for others again; more of it than was there nobody gets. */
export function givenBack(recorded: readonly JournalEntry[], entries: Entries): Effect[] {
  return [...differences(recorded, entries).values()].filter(({ amount }) => amount < 0);
}

/**
 * What entries would have used of what all share beyond what was used in fact is taken from nothing, since nobody knows whether there
 * was as much. So it is no use of theirs, and a return of them does not give it back: the newest do without, first those that
 * would use more than they did.
 */
export function withinUses(recorded: readonly JournalEntry[], entries: Entries): Entries {
  const over = new Map([...differences(recorded, entries)].filter(([, { amount }]) => amount > 0));
  if (over.size === 0) return entries;
  const outcomeOf = outcomesAfterUndos(recorded);
  const known = correctedByUndos(recorded);
  const gone = usesGivenBack(entries);
  const kept = new Map(entries);
  for (const isAny of [false, true])
    for (const entry of recorded.toReversed()) {
      const again = kept.get(entry._id);
      if (again === undefined) continue;
      const stands = isAny || outcomeOf(entry) === 'refused' ? [] : (known.get(entry.seq) ?? entry).effects;
      kept.set(entry._id, { ...again, effects: cut(again.effects, [stands, gone.get(entry._id) ?? []], over) });
    }
  return kept;
}

/** By budget and period, by how much more was used; below 0: less. */
function differences(recorded: readonly JournalEntry[], entries: Entries): ReadonlyMap<string, BudgetUsed> {
  const sums = new Map<string, BudgetUsed>();
  const add = (effects: readonly Effect[], sign: 1 | -1): void => {
    for (const effect of effects) {
      if (effect.type !== 'budget.used') continue;
      const { ref: _, ...used } = effect;
      const key = keyOf(used);
      sums.set(key, { ...used, amount: (sums.get(key)?.amount ?? 0) + sign * used.amount });
    }
  };
  for (const { effects } of recorded) add(effects, -1);
  for (const { effects } of entries.values()) add(effects, 1);
  return sums;
}

/**
 * By entry, its uses that were given back later: by its return, or by the return of something that a completion of it needed. They
 * are over no more, whatever is cut; a completion that outlived the return of what brought it is none of them.
 */
function usesGivenBack(entries: Entries): ReadonlyMap<string, readonly Effect[]> {
  const found = new Map<string, BudgetUsed[]>();
  /** The entries before, the newest first. */
  const before: string[] = [];
  for (const [entry, { effects }] of entries) {
    const of = effects.flatMap((effect) => (effect.type === 'activity.reversed' ? [effect.of] : []));
    const fallen = new Set(effects.flatMap((effect) => (effect.type === 'mission.reverted' ? [turnOf(effect)] : [])));
    const completing = before.filter((id) =>
      entries.get(id)?.effects.some((effect) => effect.type === 'mission.completed' && fallen.has(turnOf(effect))),
    );
    for (const back of effects) {
      if (back.type !== 'budget.used' || back.amount >= 0) continue;
      let left = -back.amount;
      for (const id of [...of, ...completing, ...before]) {
        if (left === 0) break;
        const giver = giverOf(back);
        const used = sumsOf(entries.get(id)?.effects ?? []).get(giver) ?? 0;
        const amount = Math.min(left, used - (sumsOf(found.get(id) ?? []).get(giver) ?? 0));
        if (amount <= 0) continue;
        found.set(id, [...(found.get(id) ?? []), { ...back, amount }]);
        left -= amount;
      }
    }
    before.unshift(entry);
  }
  return found;
}

function turnOf({ mission, period }: { readonly mission: string; readonly period: string }): string {
  return `${mission} ${period}`;
}

/** How much each giver used; what was given back is no use. */
function sumsOf(effects: readonly Effect[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const effect of effects)
    if (effect.type === 'budget.used' && effect.amount > 0)
      sums.set(giverOf(effect), (sums.get(giverOf(effect)) ?? 0) + effect.amount);
  return sums;
}

/**
 * The effects without uses beyond those that one of the lists has (the greater counts), as far as there is anything over; what is cut
 * is not over any more.
 */
function cut(
  effects: readonly Effect[],
  kept: readonly (readonly Effect[])[],
  over: Map<string, BudgetUsed>,
): Effect[] {
  const left = new Map<string, number>();
  for (const [giver, sum] of kept.flatMap((some) => [...sumsOf(some)]))
    left.set(giver, Math.max(sum, left.get(giver) ?? 0));
  return effects.flatMap((effect) => {
    const most = effect.type === 'budget.used' ? over.get(keyOf(effect)) : undefined;
    if (effect.type !== 'budget.used' || most === undefined || effect.amount <= 0) return [effect];
    const giver = giverOf(effect);
    const same = Math.min(effect.amount, Math.max(0, left.get(giver) ?? 0));
    left.set(giver, (left.get(giver) ?? 0) - same);
    const less = Math.min(effect.amount - same, most.amount);
    over.set(keyOf(effect), { ...most, amount: most.amount - less });
    return less === effect.amount ? [] : [{ ...effect, amount: effect.amount - less }];
  });
}

/** Which definition took it of which budget. */
function giverOf({ by, ...place }: BudgetUsed): string {
  return [keyOf(place), by.kind, by.id, by.step].join(' ');
}

/** Points that wait and took nothing of it give nothing back where they are cancelled. */
export function pendingWithin(state: MemberState, entries: Entries): MemberState {
  const { pending } = state;
  if (pending === undefined) return state;
  const took = new Set(
    [...entries.values()].flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'budget.used' && effect.amount > 0 ? [useOf(effect)] : [])),
    ),
  );
  const kept = Object.entries(pending).map(([ref, { budgets, ...points }]) => {
    const left = (budgets ?? []).filter((place) => took.has(useOf({ ...place, ref })));
    return [ref, left.length === 0 ? points : { ...points, budgets: left }] as const;
  });
  return { ...state, pending: Object.fromEntries(kept) };
}

function useOf({ ref = '', ...place }: Pick<BudgetUsed, 'budget' | 'period' | 'ref'>): string {
  return `${ref} ${keyOf(place)}`;
}

function keyOf({ budget, period }: Pick<BudgetUsed, 'budget' | 'period'>): string {
  return budgetKey(budget, period);
}
