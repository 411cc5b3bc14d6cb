/** What the driver and the database themselves say of a fault that passes. */
const LABELS = [
  'TransientTransactionError',
  'UnknownTransactionCommitResult',
  'RetryableWriteError',
  'RetryableError',
  'SystemOverloadedError',
] as const;

/** Of the way to the database: lost, slow, closed, full; and mongoose, which waits for a connection that does not come. */
const NAMES: ReadonlySet<string> = new Set([
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoOperationTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoServerSelectionError',
  'MongoStalePrimaryError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoWriteConcernError',
  'MongooseError',
  'MongooseServerSelectionError',
  'PoolClearedOnNetworkError',
]);

/** The database's own codes: https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const CODES: ReadonlySet<unknown> = new Set([
  // Not reached, or not in time.
  ...[6, 7, 50, 89, 202, 262, 384, 9001],
  // Not the primary now, or ending.
  ...[91, 189, 10_058, 10_107, 11_600, 11_601, 11_602, 13_435, 13_436],
  // Another was faster, or the transaction is over.
  ...[24, 46, 112, 117, 225, 239, 244, 246, 251, 290, 11_000],
  // What was read from is gone.
  ...[43, 63, 133, 134, 150, 237, 13_388],
  // Not enough of the set answers, or it takes nothing now: rights, memory, disk.
  ...[13, 18, 64, 79, 100, 146, 391, 14_031],
]);

/**
 * Whether a fault lies in the way to the database or in what another did meanwhile, so that the same again may well succeed. Anything else
 * is in what was sent: too large a document, a key that the database cannot hold.
 */
export function isPassingFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (NAMES.has(error.name) || ('code' in error && CODES.has(error.code))) return true;
  const { hasErrorLabel } = error as { hasErrorLabel?: unknown };
  return typeof hasErrorLabel === 'function' && LABELS.some((label) => hasErrorLabel.call(error, label) === true);
}
