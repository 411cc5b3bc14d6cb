import { reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import { entryIdOf, hashOf, shardOf } from '#platform/crypto/hash.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { OutboxCause } from './journal-entry.js';
import type { Submission } from './submission.js';

/**
 * Whether a refusal says that there is nothing left to do. A cause with a key of its own may have had it from another entry:
 * then it has counted. And what was refused, or was taken back by somebody else, need not be taken back.
 */
export function isSettled({ activity: { key, type } }: OutboxCause, code: string): boolean {
  if (reversedTypeOf(type) !== null) return code === 'activity.alreadyReversed' || code === 'activity.notReversible';
  return key !== undefined && code === 'activity.keyReused';
}

/** What was caused, as a submission for its member: the same each time it is read, but for when it arrives. */
export function submissionOf(cause: OutboxCause, atMs: number): Submission {
  const { activity, program } = cause;
  return {
    scope: scopeOf(program),
    member: activity.member,
    shard: shardOf(program, activity.member),
    entryId: entryIdOf(program, 'cause', cause.key),
    fingerprint: hashOf(activity),
    activity: {
      type: activity.type,
      key: cause.key,
      source: 'cause',
      occurredAt: activity.occurredAt,
      receivedAt: new Date(atMs).toISOString(),
      channel: 'system',
      attributes: activity.attributes,
      depth: cause.depth,
      cause: cause.cause,
    },
  };
}
