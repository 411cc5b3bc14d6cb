import type { Facts } from '@verbena/shared/ledger/facts.js';

type Outcome = 'accepted' | 'refused';

/**
 * How each of a member's entries stands after the undos of its journal: those that would not be there stand as refused, and those
 * that would not have been refused as accepted. Each undo says it of all that was before it, so the newest one holds.
 */
export function outcomesAfterUndos(
  past: readonly { readonly facts: Facts; readonly member?: string }[],
): (entry: { readonly seq: number; readonly outcome: Outcome }) => Outcome {
  // Of accounts that were joined each has its own.
  const newest = new Map<string, NonNullable<Facts['undone']>>();
  for (const { facts, member = '' } of past) if (facts.undone !== undefined) newest.set(member, facts.undone);
  const gone = new Set([...newest.values()].flatMap((undone) => undone.gone));
  const came = new Set([...newest.values()].flatMap((undone) => undone.came ?? []));
  return ({ seq, outcome }) => (gone.has(seq) ? 'refused' : came.has(seq) ? 'accepted' : outcome);
}
