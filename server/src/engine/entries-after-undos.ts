import type { Facts, SetOff } from '@verbena/shared/ledger/facts.js';
import { outcomesAfterUndos } from './outcomes-after-undos.js';
import type { PastEntry } from './past-entry.js';

type Recorded = Pick<PastEntry, 'seq' | 'member' | 'facts' | 'outcome' | 'lines' | 'effects'>;

/** What undos left of the entries that they corrected, by seq; of each what the newest said. */
export function correctedByUndos(past: readonly { readonly facts: Facts }[]): ReadonlyMap<number, SetOff> {
  return new Map(past.flatMap(({ facts }) => facts.undone?.entries ?? []).map((one) => [one.seq, one]));
}

/** A journal as it stands after undos: what they corrected is as they left it, and they themselves did nothing more. */
export function entriesAfterUndos<Entry extends Recorded>(recorded: readonly Entry[]): readonly Entry[] {
  if (recorded.every(({ facts }) => facts.undone === undefined)) return recorded;
  const corrected = correctedByUndos(recorded);
  const outcomeOf = outcomesAfterUndos(recorded);
  return recorded.map((entry) => {
    const outcome = outcomeOf(entry);
    // What would not be there gave nothing, whatever else is known of it.
    const isGone = outcome === 'refused' && entry.outcome === 'accepted';
    const isNothing = isGone || entry.facts.undone !== undefined;
    const { lines, effects } = isNothing ? NOTHING : (corrected.get(entry.seq) ?? entry);
    return { ...entry, outcome, lines, effects };
  });
}

const NOTHING: Pick<SetOff, 'lines' | 'effects'> = { lines: [], effects: [] };
