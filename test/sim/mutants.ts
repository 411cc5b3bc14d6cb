import { StandingsRepository } from '@verbena/server/leaderboards/standings.repository.js';
import type { StandingDocument } from '@verbena/server/leaderboards/leaderboards.schema.js';
import type { GroupWrite, WriteResult } from '@verbena/server/ledger/committer.ports.js';
import type { OutboxRow } from '@verbena/server/ledger/journal-entry.js';
import { LedgerRepository } from '@verbena/server/ledger/ledger.repository.js';
import { ProjectionsRepository } from '@verbena/server/ledger/projections.repository.js';
import type { Unchecked } from './memory-database.js';
import type { Surroundings } from './sim-node.js';

/** A defect that somebody might make: the product's part in which it is planted is replaced, the product's code has no switch. */
export interface Mutant {
  readonly says: string;
  /** What it must be found by; anything that does not hold, unless said. */
  readonly breaks?: RegExp;
  readonly unchecked?: Unchecked;
  readonly mirrorAdds?: true;
  readonly sinceOf?: (cur: number) => number;
  readonly parts?: Partial<Pick<Surroundings, 'ledgerRepository' | 'standingsRepository' | 'projectionsRepository'>>;
}

/** How many rows the relay asks for; the tail asks for more. */
const RELAY_ROWS = 100;

/** The answer comes while the group is on its way. */
class HastyLedger extends LedgerRepository {
  override writeGroup(group: GroupWrite): Promise<WriteResult> {
    void super.writeGroup(group).catch(() => undefined);
    return Promise.resolve('committed');
  }
}

/** What was caused is ticked off when it is read, not when it is done. */
class ForgetfulLedger extends LedgerRepository {
  override async readOutbox(lane: string, afterQ: number, limit: number): Promise<OutboxRow[]> {
    const rows = await super.readOutbox(lane, afterQ, limit);
    const last = rows.at(-1);
    if (limit === RELAY_ROWS && last !== undefined) await this.moveRelayed(lane, last.q);
    return rows;
  }
}

/** A lost answer to a commit is taken for a commit. */
class TrustfulLedger extends LedgerRepository {
  override async writeGroup(group: GroupWrite): Promise<WriteResult> {
    const result = await super.writeGroup(group);
    return result === 'unknown' ? 'committed' : result;
  }
}

/** A standing forgets what it holds already: what comes again is added again. */
class AddingStandings extends StandingsRepository {
  override async find(ids: readonly string[]): Promise<StandingDocument[]> {
    return (await super.find(ids)).map(forget);
  }

  override async ofMembers(members: readonly string[]): Promise<StandingDocument[]> {
    return (await super.ofMembers(members)).map(forget);
  }
}

function forget(standing: StandingDocument): StandingDocument {
  return { ...standing, seq: 0 };
}

/** The watermark moves, whatever stood there, whoever leads. */
class CarelessProjections extends ProjectionsRepository {
  override async findCursor(projection: string, lane: string) {
    const found = await super.findCursor(projection, lane);
    return found === null ? null : { ...found, q: found.q + 1 };
  }
}

export const MUTANTS = {
  fence: {
    says: 'a group is written whoever opened the lane last',
    breaks: /^I8 /,
    unchecked: { filters: new Map([['lanes', ['epoch', 'q']]]) },
  },
  'compare-and-set': {
    says: 'a state is written whatever stood there, and nothing else is in the way: no fence, no number that is there once',
    breaks: /^I[14] 01J/,
    unchecked: {
      filters: new Map([
        ['memberStates', ['seq']],
        ['lanes', ['epoch', 'q']],
      ]),
      indexes: new Set(['journal']),
      unique: new Set(['outbox']),
    },
  },
  dedupe: {
    says: 'the same key may be in the journal twice',
    unchecked: { unique: new Set(['journal']) },
  },
  portions: {
    says: 'what all share is only read before it is written: whatever another lane took meanwhile is given out again',
    breaks: /^I9 /,
    unchecked: { filters: new Map([['portions', ['left', 'limit', 'version', 'over']]]) },
  },
  'reply-before-commit': {
    says: 'the answer leaves while the group is on its way',
    parts: { ledgerRepository: (mongo) => new HastyLedger(mongo) },
  },
  'unknown-is-committed': {
    says: 'a commit whose answer was lost is believed',
    parts: { ledgerRepository: (mongo) => new TrustfulLedger(mongo) },
  },
  increments: {
    says: 'standings add what comes, also when it comes again',
    parts: { standingsRepository: (mongo) => new AddingStandings(mongo) },
  },
  'mirror-increments': { says: 'Redis adds scores in place of setting them (ZINCRBY for ZADD)', mirrorAdds: true },
  'watermark-before-relay': {
    says: 'what was caused is ticked off before it is submitted',
    parts: { ledgerRepository: (mongo) => new ForgetfulLedger(mongo) },
  },
  'watermark-ahead': {
    says: 'a projection begins one group after its watermark',
    parts: { projectionsRepository: (mongo) => new CarelessProjections(mongo) },
  },
  'cursor-off-by-one': { says: 'a device asks for what comes after the next entry', sinceOf: (cur) => cur + 1 },
} satisfies Record<string, Mutant>;

export type MutantName = keyof typeof MUTANTS;

export function isMutant(name: string): name is MutantName {
  return name in MUTANTS;
}
