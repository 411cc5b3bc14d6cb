import type { Facts } from '@verbena/shared/ledger/facts.js';

type Outcome = 'accepted' | 'refused';

/**
 * How each of a member's entries stands after the undos of its journal: those that would not be there stand as refused, and those
 * that would not have been refused as accepted. Each undo says it of all that was before it, so the newest one holds.
 */
export function outcomesAfterUndos(
  past: readonly { readonly facts: Facts }[],
): (entry: { readonly seq: number; readonly outcome: Outcome }) => Outcome {
  const newest = past.findLast(({ facts }) => facts.undone !== undefined)?.facts.undone;
  const gone = new Set(newest?.gone);
  const came = new Set(newest?.came);
  return ({ seq, outcome }) => (gone.has(seq) ? 'refused' : came.has(seq) ? 'accepted' : outcome);
}
