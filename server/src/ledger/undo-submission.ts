import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { Undone } from '@verbena/shared/ledger/facts.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { MemberLedger } from './journal-entry.js';
import type { Submission } from './submission.js';

/**
 * What takes a version's doings back from one member: once a plan, whoever says it how often. `occurredAt` is the member's own
 * time, which it does not move; the member reads the message.
 */
export function undoSubmission(
  { _id: member, program, shard }: Pick<MemberLedger, '_id' | 'program' | 'shard'>,
  undone: Undone,
  { message, occurredAt, receivedAt }: { message: LocalizedText | null; occurredAt: string; receivedAt: string },
): Submission {
  const { plan, version } = undone;
  const key = `undo:${plan}:${member}`;
  return {
    scope: scopeOf(program),
    member,
    shard,
    entryId: entryIdOf(program, 'house', key),
    // What it takes back is found out anew whenever the member went on, and is the same undo.
    fingerprint: hashOf('undo.applied', plan, member),
    activity: {
      type: 'undo.applied',
      key,
      source: 'house',
      occurredAt,
      receivedAt,
      channel: 'system',
      attributes: message === null ? { plan, version } : { plan, version, message },
      depth: 0,
    },
    undone,
  };
}
