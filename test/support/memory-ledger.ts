import type { Channel } from '@verbena/shared/activities/activities.routes.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { isSettled, submissionOf } from '@verbena/server/ledger/caused.js';
import { Committer, LIMITS } from '@verbena/server/ledger/committer.js';
import type { Source } from '@verbena/server/ledger/journal-entry.js';
import { keySpaceOf } from '@verbena/server/ledger/key-space.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import { entryIdOf, hashOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import type { MemoryStore } from './memory-store.js';
import { StillClock } from './still-clock.js';

/** The program, the moment and the lane of laws that commit into memory. */
export const LAW_PROGRAM = '01J00000000000000000000LAW';
export const LAW_NOW = Date.UTC(2026, 6, 1);
const LANE = '1.0';

/** The members of a law, by number. */
export function memberId(index: number): string {
  return `01J0000000000000000000000${index}`;
}

/** What somebody of a law did, on its way to the committer; the same key again is a repeat. */
export function aSubmission(act: {
  readonly member: number;
  readonly key: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly channel?: Channel;
  readonly source?: Source;
}): Submission {
  const { member, key, type, occurredAt, attributes, channel = 'shop', source = 'program' } = act;
  return {
    scope: scopeOf(LAW_PROGRAM),
    member: memberId(member),
    shard: shardOf(LAW_PROGRAM, memberId(member)),
    entryId: entryIdOf(LAW_PROGRAM, keySpaceOf({ source, type }), key),
    fingerprint: hashOf({ type, attributes }),
    activity: {
      type,
      key,
      source,
      occurredAt,
      receivedAt: occurredAt,
      channel,
      attributes,
      depth: 0,
    },
  };
}

/** The real committer over a store in memory, with a clock that stands. `alarms` receives what is quarantined. */
export function aCommitter(
  store: MemoryStore,
  program: CompiledProgram | { readonly inForce: CompiledProgram; readonly versions: readonly CompiledProgram[] },
  {
    groupMax = 4,
    alarms = [],
    lane = LANE,
  }: { readonly groupMax?: number; readonly alarms?: unknown[]; readonly lane?: string } = {},
): Committer {
  const programs = 'inForce' in program ? program : { inForce: program, versions: [] };
  const committer = new Committer(
    lane,
    {
      clock: new StillClock(LAW_NOW),
      random: { bytes: (count) => Buffer.alloc(count, 7) },
      store,
      transport: { committed: () => undefined },
      programs: {
        inForce: () => Promise.resolve(programs.inForce),
        atVersion: (_, version) => Promise.resolve(programs.versions[version - 1] ?? programs.inForce),
      },
      alarms: {
        quarantined: (_, error) => alarms.push(error),
        steppedDown: () => undefined,
        stateIsLarge: () => undefined,
      },
    },
    { ...LIMITS, groupMax, patienceMs: 60_000 },
  );
  committer.start(store.openLane(lane));
  return committer;
}

/**
 * What the relay does from a row of the outbox on, until nothing more is caused; answers where it came to. Nothing that is
 * caused may end in quarantine, however often it is said.
 */
export async function relay(store: MemoryStore, committer: Committer, from: number): Promise<number> {
  let row = from;
  for (; row < store.outbox.length; row += 1) {
    for (const cause of store.outbox[row]?.caused ?? []) {
      const outcome = await committer.submit(submissionOf(cause, LAW_NOW), true);
      if (outcome.kind === 'refused' && !isSettled(cause, outcome.refusal.code))
        throw new Error(`${cause.activity.type} was caused and refused: ${outcome.refusal.code}`);
    }
  }
  return row;
}
