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
  const returned = new Map([...entries.values()].flatMap(({ effects }) => returnedIn(effects)));
  const kept = new Map(entries);
  for (const isAny of [false, true])
    for (const entry of recorded.toReversed()) {
      const again = kept.get(entry._id);
      if (again === undefined) continue;
      const stands = isAny || outcomeOf(entry) === 'refused' ? [] : (known.get(entry.seq) ?? entry).effects;
      // What a return gave back is not over; a completion that outlived the return of what brought it is.
      kept.set(entry._id, { ...again, effects: cut(again.effects, returned.get(entry._id) ?? stands, over) });
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

/** The effects without uses beyond those that stand, as far as there is anything over; what is cut is not over any more. */
function cut(effects: readonly Effect[], stands: readonly Effect[], over: Map<string, BudgetUsed>): Effect[] {
  const left = new Map<string, number>();
  for (const effect of stands)
    if (effect.type === 'budget.used') left.set(giverOf(effect), (left.get(giverOf(effect)) ?? 0) + effect.amount);
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

/** The entry that was returned in full, and what that gave back of budgets, as the uses that it had. */
function returnedIn(effects: readonly Effect[]): [entry: string, uses: Effect[]][] {
  const uses = effects.flatMap((effect) =>
    effect.type === 'budget.used' && effect.amount < 0 ? [{ ...effect, amount: -effect.amount }] : [],
  );
  return effects.flatMap((effect) =>
    effect.type === 'activity.reversed' && effect.part === undefined ? [[effect.of, uses]] : [],
  );
}
