import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '#engine/fold.js';
import { initialState } from '#engine/initial-state.js';
import { Config } from '#platform/config/config.js';
import { loadSecrets } from '#platform/config/secrets.js';
import { hashOf } from '#platform/crypto/hash.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { JournalEntry } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';
import { type Snapshot, snapshotId, SnapshotsRepository } from './snapshots.repository.js';
import type { Finding } from './verify-member.js';

/** Every so many entries of a member there is a snapshot, once somebody asked for its past or a night went by. */
export const SNAPSHOT_EVERY = 500;
const ENTRIES_PER_READ = 100;
/** How many snapshots may be worthless before folding begins at the first entry. */
const TRIES = 2;

/** A member's books as they stood after one entry; `entry` null: before the first. */
export interface BooksThen {
  readonly state: MemberState;
  readonly entry: JournalEntry | null;
}

/** What verification holds against the snapshots of one member. */
export interface SnapshotCheck {
  readonly findings: readonly Finding[];
  meet(entry: JournalEntry, state: MemberState): Promise<void>;
}

/**
 * States of the past: the fold of the journal, begun at the nearest snapshot. One is only believed where it bears our mark and
 * the journal still has its entry with the same hash; else it is as if it were not there.
 */
@Injectable()
export class SnapshotsService {
  private readonly secret: string;

  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly journal: LedgerRepository,
    @Inject(ProgramsService) private readonly programs: Pick<ProgramsService, 'atVersion' | 'inForce'>,
    @Inject(Config) config: Config,
  ) {
    this.secret = loadSecrets(config.dataDir).clusterSecret;
  }

  /** What was known of a member at a moment: its entries up to then. */
  async at(scope: Scope, member: string, atMs: number): Promise<BooksThen> {
    const until = new Date(atMs).toISOString();
    const { state, entry } = await this.foldFrom(
      await this.nearest(member, new Date(atMs)),
      scope,
      member,
      (one) => one.at <= until,
    );
    return { entry, state: state ?? initialState(await this.programs.inForce(scope.program, atMs)) };
  }

  /** The state before an entry, to decide it again. */
  async before(scope: Scope, entry: JournalEntry): Promise<MemberState> {
    const start = await this.nearest(entry.member, new Date(entry.at), entry.seq - 1);
    const { state } = await this.foldFrom(start, scope, entry.member, ({ seq }) => seq < entry.seq);
    return state ?? this.initialOf(scope, entry);
  }

  checkOf(member: string, isKeeping: boolean): Promise<SnapshotCheck> {
    const findings: Finding[] = [];
    return Promise.resolve({
      findings,
      meet: async (entry: JournalEntry, state: MemberState): Promise<void> => {
        if (entry.seq % SNAPSHOT_EVERY !== 0) return;
        const found = await this.snapshots.find(member, entry.seq);
        const wanted = this.snapshotOf(entry, state);
        if (found === null) {
          if (isKeeping) await this.snapshots.put(wanted);
        } else if (found.mac !== wanted.mac || this.markOf(found) !== found.mac) {
          const text = 'the snapshot is not the fold of the journal';
          findings.push({ member, seq: entry.seq, kind: 'snapshot', text });
        }
      },
    });
  }

  private async foldFrom(
    start: Snapshot | null,
    scope: Scope,
    member: string,
    isWithin: (entry: JournalEntry) => boolean,
  ): Promise<{ readonly state: MemberState | null; readonly entry: JournalEntry | null }> {
    let state: MemberState | null = null;
    let last: JournalEntry | null = null;
    // The snapshot's own entry is read along, to see that it is still the same.
    for (let after = start === null ? 0 : start.seq - 1; ;) {
      const page: JournalEntry[] = await this.journal.readJournal(member, after, ENTRIES_PER_READ);
      for (const entry of page) {
        if (start !== null && last === null) {
          const isSame = entry.seq === start.seq && entry.hash === start.hash && isWithin(entry);
          if (!isSame) return this.foldFrom(null, scope, member, isWithin);
          ({ state } = start);
        } else {
          if (!isWithin(entry)) return { state, entry: last };
          state = fold(state ?? (await this.initialOf(scope, entry)), entry);
          if (entry.seq % SNAPSHOT_EVERY === 0) await this.snapshots.put(this.snapshotOf(entry, state));
        }
        last = entry;
      }
      const end = page.at(-1);
      if (page.length < ENTRIES_PER_READ || end === undefined) return { state, entry: last };
      after = end.seq;
    }
  }

  /** What a member begins with is said by the version of its first entry. */
  private async initialOf(scope: Scope, first: JournalEntry): Promise<MemberState> {
    return initialState(await this.programs.atVersion(scope.program, first.version));
  }

  private async nearest(member: string, at: Date, throughSeq = Number.MAX_SAFE_INTEGER): Promise<Snapshot | null> {
    for (const snapshot of await this.snapshots.listBefore(member, at, TRIES))
      if (snapshot.seq <= throughSeq && this.markOf(snapshot) === snapshot.mac) return snapshot;
    return null;
  }

  private snapshotOf({ program, member, seq, at, hash }: JournalEntry, state: MemberState): Snapshot {
    const given = { _id: snapshotId(member, seq), program, member, seq, at: new Date(at), hash, state };
    return { ...given, mac: this.markOf(given) };
  }

  private markOf({ program, member, seq, at, hash, state }: Omit<Snapshot, 'mac'>): string {
    const text = hashOf('snapshot', program, member, seq, at.toISOString(), hash, state);
    return createHmac('sha256', this.secret).update(text).digest('base64url');
  }
}
