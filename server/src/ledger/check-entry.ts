import { entryIdOf, hashOf, shardOf } from '#platform/crypto/hash.js';
import { entryHash, type JournalEntry } from './journal-entry.js';
import { keySpaceOfEngine } from './key-space.js';
import { laneOfShard } from './lanes.js';
import { sealOf } from './seal-group.js';

/** What of an entry does not fit, and the fields of its document that can be to blame: one where that is certain. */
export interface Flaw {
  readonly kind: 'hash' | 'seal' | 'unreadable';
  readonly fields: readonly string[];
  readonly text: string;
}

/** Covered by `hash` alone, by both, and by `seal` alone. */
const HASHED = ['facts', 'lines', 'effects', 'salt', 'activity.personal', 'erased'];
const BOTH = ['activity', 'seq', 'program', 'version', 'engine', 'hash'];
const SEALED = [
  'at',
  'member',
  'fingerprint',
  'outcome',
  'refusal',
  'receipt',
  'balances',
  'caused',
  'place',
  'link',
  'q',
  'seal',
];

/**
 * Whether an entry is what was written, given the hash of its member's entry before. What tells fields apart: two hashes that
 * cover different ones, and values that follow from others. Pure; an entry of any shape is answered, none throws.
 */
export function checkEntry(previous: string, entry: JournalEntry): readonly Flaw[] {
  try {
    const isHashed = entryHash(previous, entry) === entry.hash;
    const isSealed = entry.seal === undefined ? entry.place === undefined : sealOf(entry) === entry.seal;
    const derived = derivedFlaws(entry);
    if (isHashed && isSealed) return derived.length === 0 ? [] : [flawOf('seal', derived)];
    if (derived.length > 0) return [flawOf(isHashed ? 'seal' : 'hash', derived)];
    if (isHashed) return [flawOf('seal', SEALED)];
    // Entries of before groups were sealed have one hash only.
    if (entry.seal === undefined) return [flawOf('hash', [...HASHED, ...BOTH])];
    return [flawOf('hash', isSealed ? HASHED : BOTH)];
  } catch (error) {
    return [{ kind: 'unreadable', fields: unreadableFields(entry), text: `it cannot be read: ${String(error)}` }];
  }
}

/** The fields whose values follow from others, and do not. */
function derivedFlaws(entry: JournalEntry): string[] {
  const { program, member, activity, shard, lane, outcome, refusal } = entry;
  const flaws: string[] = [];
  if (entryIdOf(program, keySpaceOfEngine(entry.engine, activity), activity.key) !== entry._id) flaws.push('_id');
  if (shardOf(program, member) !== shard) flaws.push('shard');
  else if (laneOfShard(shard, Number(/^(\d+)\.\d+$/.exec(lane)?.[1])) !== lane) flaws.push('lane');
  if (outcome !== (refusal === null ? 'accepted' : 'refused')) flaws.push('outcome', 'refusal');
  // Where program or member were changed, nothing that follows from them fits.
  if (flaws.includes('_id') && flaws.includes('shard')) return ['program'];
  if (flaws.length === 1 && flaws[0] === 'shard') return ['shard', 'member'];
  // One shard in 64 is the same for another program.
  if (flaws.length === 1 && flaws[0] === '_id')
    return ['_id', 'activity.key', 'activity.source', 'activity.type', 'engine', 'program'];
  return flaws;
}

function unreadableFields(entry: JournalEntry): string[] {
  const objects = ['activity', 'facts', 'receipt', 'balances'] as const;
  const found = objects.filter((field) => typeof entry[field] !== 'object' || entry[field] === null);
  return found.length > 0 ? found : [...HASHED, ...BOTH, ...SEALED];
}

function flawOf(kind: Flaw['kind'], fields: readonly string[]): Flaw {
  const [only] = fields;
  const which = fields.length === 1 ? `its ${only}` : `one of its ${fields.join(', ')}`;
  return { kind, fields, text: `${which} is not what was written` };
}

/** Narrows what can be to blame by what the decision gives when it is made again. */
export function narrowByDecision(
  flaw: Flaw,
  entry: JournalEntry,
  again: Pick<JournalEntry, 'lines' | 'effects' | 'receipt' | 'balances' | 'outcome'> | null,
): Flaw {
  if (again === null || flaw.fields.length === 1) return flaw;
  const fields = (['lines', 'effects', 'receipt', 'balances'] as const).filter(
    (field) => flaw.fields.includes(field) && hashOf(again[field]) !== hashOf(entry[field]),
  );
  const [only] = fields;
  // Several that differ hang together: then what they come from was changed. Facts may change lines or effects alone, too.
  if (fields.length === 1 && only !== undefined)
    return flawOf(flaw.kind, flaw.fields.includes('facts') ? [only, 'facts'] : [only]);
  const rest = flaw.fields.filter((field) => !['lines', 'effects', 'receipt', 'balances'].includes(field));
  return fields.length === 0 && rest.length > 0 ? flawOf(flaw.kind, rest) : flaw;
}
