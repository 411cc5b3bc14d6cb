import type { EntryProof } from '@verbena/shared/ledger/roots.routes.js';
import { checkEntry } from './check-entry.js';
import type { JournalEntry } from './journal-entry.js';
import { isSigned } from './root.js';
import { groupDigest, sealedHead } from './seal-group.js';

/** Why a proof does not hold; the first thing that does not fit. */
export type ProofFlaw = 'unreadable' | 'entry' | 'group' | 'way' | 'signature';

/**
 * Whether a proof holds by itself, without any database: the entry gives its hashes, they stand in its group, the groups lead to
 * a head that the root has, and the root is signed by the key that it names. Whose key that is, the reader compares.
 */
export function checkProof(proof: EntryProof): ProofFlaw | null {
  const { previous, group, way, root } = proof;
  // The entry is a document of the journal, whatever its version knew of; checking reads it as such.
  const entry = proof.entry as unknown as JournalEntry;
  try {
    if (checkEntry(previous, entry).length > 0 || entry.place === undefined) return 'entry';
    if (group.seals[entry.place] !== entry.seal) return 'group';
    let head = sealedHead(group.link, groupDigest(group.seals));
    for (const digest of way) head = sealedHead(head, digest);
    const lane = root.lanes.find(({ lane: id }) => id === entry.lane);
    if (lane === undefined || lane.head !== head || lane.q !== entry.q + way.length) return 'way';
    return isSigned(root) ? null : 'signature';
  } catch {
    return 'unreadable';
  }
}
