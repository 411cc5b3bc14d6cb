import { hashOf } from '#platform/crypto/hash.js';
import type { JournalEntry } from './journal-entry.js';

/**
 * `H(everything of the document that `hash` does not cover, and `hash`)`: so there is no field that could be changed unseen. What
 * erasing a person takes away stays out: the salt and the personal fields, which `hash` covers through their own hash.
 */
export function sealOf(entry: JournalEntry): string {
  const { salt: _salt, erased: _erased, seal: _seal, facts: _facts, lines: _lines, effects: _effects, ...rest } = entry;
  const { personal: _, ...said } = entry.activity;
  return hashOf('seal', { ...rest, activity: said });
}

/** `H(seals)`: what the chain of a lane says of a group, so that a proof needs one hash of each group on its way. */
export function groupDigest(seals: readonly string[]): string {
  return hashOf('group', ...seals);
}

/** `H(previous group ‖ digest)`: the next link of a lane's chain. */
export function sealedHead(previous: string, digest: string): string {
  return hashOf('lane', previous, digest);
}

/** Numbers and seals the entries of a group, in the order in which they were decided; gives them with the lane's new head. */
export function sealGroup(
  previous: string,
  decided: readonly JournalEntry[],
): { readonly entries: JournalEntry[]; readonly head: string } {
  const entries = decided.map((entry, place): JournalEntry => {
    const placed = { ...entry, place, ...(place === 0 ? { link: previous } : {}) };
    return { ...placed, seal: sealOf(placed) };
  });
  return { entries, head: sealedHead(previous, groupDigest(entries.map(({ seal }) => seal ?? ''))) };
}
