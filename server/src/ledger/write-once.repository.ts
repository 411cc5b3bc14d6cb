import { isDuplicateKey, type Session, TRANSACTION_OPTIONS } from '#platform/mongo/mongo.js';
import type { WriteResult } from './committer.ports.js';

const COMMIT_TRIES = 3;

/**
 * One transaction, its commands one after another, tried once; whatever it answers but `committed` and `unknown` wrote nothing.
 * `write` answers why it must not be committed, or null.
 */
export async function writeOnce(
  session: Session,
  write: (session: Session) => Promise<'duplicate' | 'stale' | null>,
): Promise<WriteResult> {
  try {
    session.startTransaction(TRANSACTION_OPTIONS);
    const refused = await write(session);
    if (refused !== null) {
      await session.abortTransaction().catch(() => undefined);
      return refused;
    }
    return await commit(session);
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
    if (hasLabel(error, 'TransientTransactionError')) return 'unavailable';
    throw error;
  }
}

/** What a command answers, or this where what it writes is there already. */
export async function unlessThere<T, R>(command: Promise<T>, otherwise: R): Promise<T | R> {
  try {
    return await command;
  } catch (error) {
    if (isDuplicateKey(error)) return otherwise;
    throw error;
  }
}

/** Commits, again where the answer was lost: a commit that is repeated is still one commit. */
async function commit(session: Session): Promise<WriteResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction();
      return 'committed';
    } catch (error) {
      const isLost = hasLabel(error, 'UnknownTransactionCommitResult');
      if (isLost && attempt < COMMIT_TRIES) continue;
      // The driver has sent it twice by then: a database that was started again in between says of a commit that it has on disk
      // that it knows of none.
      if (isLost || hasLabel(error, 'TransientTransactionError')) return 'unknown';
      throw error;
    }
  }
}

function hasLabel(error: unknown, label: string): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'hasErrorLabel' in error &&
    typeof error.hasErrorLabel === 'function' &&
    error.hasErrorLabel(label) === true
  );
}
