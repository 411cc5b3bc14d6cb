import { hostname } from 'node:os';
import { resolve } from 'node:path';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { type FirstPoints, TellsFirstPoints } from '#members/first-points.port.js';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { Committer } from './committer.js';
import { decideInto } from './decide-group.js';
import type { GroupDraft } from './group-draft.js';
import { clockSubmission } from './member-clock.js';
import { withAbsorbed } from './merged-past.js';
import {
  attributesOf,
  type JournalEntry,
  reversesOf,
  type MemberLedger,
  type MissionTrailEntry,
  type OutboxRow,
  type RecordedActivity,
} from './journal-entry.js';
import { type Delivery, deliver, takeIn } from './deliver.js';
import { LaneLeader } from './lane-leader.js';
import { laneIds, laneOfShard, shardsOfLane } from './lanes.js';
import { OutboxTail } from './ledger.push.js';
import type { Correction, EntryFilter, Honours, JournalHead } from './journal-reader.repository.js';
import { LedgerRepository } from './ledger.repository.js';
import { OutboxRelay } from './outbox-relay.js';
import { ProjectionsService } from './projections.service.js';
import { RandomPool } from './random-pool.js';
import {
  canBeReversed,
  mayHaveBeenReversed,
  readsPast,
  remainingOf,
  reversalIdOf,
  reversalOf,
  type ReversalRequest,
} from './reversal.js';
import type { Outcome, Submission } from './submission.js';

export type { JournalEntry, MemberLedger, MissionTrailEntry, RecordedActivity, Source } from './journal-entry.js';
export { doneResultOf, resultOf, shownTo } from './activity-result.js';
export { closingIdOf, closingKey } from './deliver.js';
export { keySpaceOf } from './key-space.js';
export { lossesOf } from './losses.js';
export { isByHand, type ReversalRequest, UNDO_MS_MAX } from './reversal.js';
export type { Outcome, Submission } from './submission.js';

type Attributes = RecordedActivity['attributes'];

const SWEEP_MS = 1_000;
const SWEEP_MAX = 500;
const TRIM_MS = 3_600_000;
const LAG_MS_MAX = 10_000;

interface Lane {
  readonly leader: LaneLeader;
  readonly relay: OutboxRelay;
  readonly shards: readonly number[];
}

/** A lane that this node leads. */
export interface LedLane {
  readonly committer: Committer;
  readonly shards: readonly number[];
}

/** What other modules may ask of the ledger: to decide and commit an activity, and to read what was committed. */
@Injectable()
@TellsFirstPoints()
export class LedgerService implements FirstPoints, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Ledger');
  private readonly lanes = new Map<string, Lane>();
  private readonly ends: (() => void)[] = [];
  private sweep: Promise<void> = Promise.resolve();
  private quarantined = 0;

  constructor(
    private readonly repository: LedgerRepository,
    private readonly programs: ProgramsService,
    private readonly tail: OutboxTail,
    private readonly projections: ProjectionsService,
    private readonly clock: Clock,
    private readonly random: RandomPool,
    @Inject(Config) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'worker' || this.config.role === 'command') return;
    for (const lane of laneIds(this.config.lanes)) this.lanes.set(lane, this.newLane(lane));
    const leadsAllLanes = (): boolean => [...this.lanes.values()].every(({ leader }) => leader.isLeading);
    await this.tail.start(leadsAllLanes);
    this.projections.listensTo(leadsAllLanes);
    for (const { leader } of this.lanes.values()) await leader.start();
    this.ends.push(
      this.clock.every(SWEEP_MS, () => void this.sweepDue()),
      this.clock.every(TRIM_MS, () => void this.trim()),
    );
    await this.recountQuarantined();
  }

  /** What waits in quarantine, as health tells it; anew where something left it. */
  async recountQuarantined(): Promise<void> {
    this.quarantined = await this.repository.countQuarantined();
  }

  /** Lets what is in flight finish, then gives the lanes back. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const end of this.ends) end();
    for (const { relay } of this.lanes.values()) relay.stop();
    await this.sweep;
    await Promise.all([...this.lanes.values()].map(({ leader }) => leader.stop()));
    this.tail.stop();
  }

  /**
   * Decides and commits one activity; resolves after its commit, or with the refusal. Never rejects. What is for an account that
   * was joined to another one is decided there.
   * Refusals: `activity.keyReused`, `activity.tooLate`, `activity.quarantined`, `lane.moved`, `server.unavailable`.
   */
  async submit(submission: Submission): Promise<Outcome> {
    return deliver(
      submission,
      this.delivery((one) => this.laneOf(one.shard).leader.committer.submit(one)),
    );
  }

  /** Sees to it that what an account had that was joined to another one is there now; where that cannot be, the relay does. */
  async takeIn(scope: Scope, member: string): Promise<void> {
    await takeIn(
      scope.program,
      member,
      this.delivery((one) => this.laneOf(one.shard).leader.committer.submit(one)),
    ).catch((error: unknown) => this.logger.debug(String(error)));
  }

  private delivery(commit: Delivery['commit']): Delivery {
    return { commit, readEntries: (ids) => this.repository.readEntries(ids), now: () => this.clock.now() };
  }

  /** The entry that a submission would become now, on the member's books as they stand. Nothing is written. */
  async tryOut(submission: Submission): Promise<JournalEntry> {
    const { scope, member, activity } = submission;
    const now = this.clock.now();
    const program = await this.programs.inForce(scope.program, now);
    const ledger = await this.repository.findState(scope, member);
    const own = readsPast(activity) ? await this.repository.readJournals(scope, [member]) : [];
    const entries = withAbsorbed(own, await this.repository.readClosed(scope, own));
    const ledgers = new Map(ledger === null ? [] : [[member, ledger]]);
    const draft: GroupDraft = { lane: '', q: 0, atMs: now, entries: [], ledgers, caused: [] };
    const entry = decideInto(draft, submission, program, this.random, { entries, under: program });
    if (entry === null) throw new Refusal('server.failed');
    return entry;
  }

  /** What taking an entry back would book now. Nothing is written. Refuses `activity.notReversible`, `activity.alreadyReversed`. */
  async tryReversal(entry: JournalEntry, request: ReversalRequest): Promise<JournalEntry> {
    if (!(await this.canBeReversed(entry))) throw new Refusal('activity.notReversible');
    return this.tryOut(reversalOf(entry, request));
  }

  /**
   * Takes an entry back, in full or in part; resolves after its commit. Refusals: `activity.alreadyReversed` where another request did,
   * `activity.notReversible`, and those of `submit`.
   * @param submit by whose hand, where it counts for that
   */
  async reverse(
    entry: JournalEntry,
    request: ReversalRequest,
    submit: (submission: Submission) => Promise<Outcome> = (submission) => this.submit(submission),
  ): Promise<Outcome> {
    return (await this.canBeReversed(entry))
      ? submit(reversalOf(entry, request))
      : { kind: 'refused', refusal: new Refusal('activity.notReversible') };
  }

  /** Whether an entry is such that it can be taken back; one that was refused, where an undo lets it stand. */
  private async canBeReversed(entry: JournalEntry): Promise<boolean> {
    if (canBeReversed(entry) || !mayHaveBeenReversed(entry)) return canBeReversed(entry);
    const correction = await this.findCorrection(scopeOf(entry.program), entry.member, entry.seq);
    return correction?.came === true;
  }

  /** What stands of an activity's attributes after returns in part, and the seqs of those entries. */
  async standingOf(scope: Scope, entry: JournalEntry): Promise<{ attributes: Attributes; returns: readonly number[] }> {
    const parts = (await this.repository.findReversalsOf(scope, entry)).filter((one) => reversesOf(one) === null);
    const last = parts.at(-1);
    const attributes = (last && remainingOf(last.activity)) ?? attributesOf(entry.activity);
    return { attributes, returns: parts.map(({ seq }) => seq) };
  }

  /** How many points of a capture are left to be cancelled. */
  async capturedOf(scope: Scope, entry: JournalEntry): Promise<number> {
    if (entry.activity.type !== 'points.captured') return 0;
    const back = await this.repository.findReversalsOf(scope, entry);
    const lines = [entry, ...back].flatMap((one) => one.lines);
    return lines.reduce((sum, { kind, amount }) => (kind === 'capture' ? sum - amount : sum), 0);
  }

  /** The entries that took these back in full, by the id of what they took back. */
  async findReversals(scope: Scope, entries: readonly JournalEntry[]): Promise<ReadonlyMap<string, JournalEntry>> {
    const ids = new Map(entries.filter(mayHaveBeenReversed).map((entry) => [reversalIdOf(entry), entry._id]));
    if (ids.size === 0) return new Map();
    const found = await this.repository.findEntries(scope, [...ids.keys()]);
    return new Map(found.map((entry) => [ids.get(entry._id) ?? '', entry]));
  }

  /** Throws `lane.busy` when the members' lanes have no room for so many more, `lane.moved` when another node leads one. */
  refuseWhenBusy(shards: readonly number[]): void {
    const more = new Map<Lane, number>();
    for (const shard of shards) {
      const lane = this.laneOf(shard);
      more.set(lane, (more.get(lane) ?? 0) + 1);
    }
    for (const [lane, count] of more) {
      if (!lane.leader.isLeading) throw new Refusal('lane.moved');
      lane.leader.committer.refuseWhenBusy(count);
    }
  }

  async findEntry(scope: Scope, id: string): Promise<JournalEntry | null> {
    return this.repository.findEntry(scope, id);
  }

  /** Entries by id; those that do not exist are missing from the answer. */
  async findEntries(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, JournalEntry>> {
    if (ids.length === 0) return new Map();
    const entries = await this.repository.findEntries(scope, ids);
    return new Map(entries.map((entry) => [entry._id, entry]));
  }

  /** When each of these members first earned points, by what earned them. */
  async firstEarnings(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const entries = await this.repository.readFirstEarnings(scope, members);
    return new Map(entries.map(({ member, activity }) => [member, new Date(activity.occurredAt)]));
  }

  async findEntryBySeq(scope: Scope, member: string, seq: number): Promise<JournalEntry | null> {
    return this.repository.findEntryBySeq(scope, member, seq);
  }

  /** The undo that corrected an entry last, and whether it stands accepted since; null where none did. */
  async findCorrection(scope: Scope, member: string, seq: number): Promise<Correction | null> {
    return this.repository.findCorrection(scope, member, seq);
  }

  /** What these members hold, of those with a journal. */
  async holdingsOf(scope: Scope, members: readonly string[]): Promise<JournalHead[]> {
    return this.repository.listJournalsOf(scope, members);
  }

  async listEntries(
    scope: Scope,
    member: string,
    before: number | null,
    limit: number,
    only: EntryFilter | null,
  ): Promise<JournalEntry[]> {
    return this.repository.listEntries(scope, member, before, limit, only);
  }

  /** The newest entries that touched a mission or took something back, newest first. */
  async listMissionTrail(scope: Scope, member: string, mission: string, limit: number): Promise<MissionTrailEntry[]> {
    return this.repository.listMissionTrail(scope, member, mission, limit);
  }

  /** The state as last committed; null before a member's first entry. */
  async stateOf(scope: Scope, member: string): Promise<MemberLedger | null> {
    return this.repository.findState(scope, member);
  }

  async findStates(scope: Scope, members: readonly string[]): Promise<MemberLedger[]> {
    return this.repository.findStates(scope, members);
  }

  /** How many members hold each of these badges. */
  async countHolders(scope: Scope, badges: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.repository.countHolders(scope, badges);
  }

  /** The tier and the badges that each of these members holds; members without an entry are left out. */
  async findHonours(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, Honours>> {
    return this.repository.findHonours(scope, members);
  }

  /** The tier that each of these members holds; members without an entry are left out. */
  async findTiers(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    return this.repository.findTiers(scope, members);
  }

  /** The lanes that this node leads now: for what comes to all their members. */
  ledLanes(): readonly LedLane[] {
    return [...this.lanes.values()].flatMap(({ leader, shards }) =>
      leader.isLeading ? [{ committer: leader.committer, shards }] : [],
    );
  }

  /** How the lanes do: all led here, or somewhere, and how long their queues are. */
  lanesHealth(): PartHealth {
    if (this.lanes.size === 0) return { status: 'ok', code: this.config.role };
    const lanes = [...this.lanes.values()];
    if (lanes.every(({ leader }) => !leader.isLeading)) return { status: 'down', code: 'notLeading' };
    if (lanes.some(({ leader }) => !leader.isLeading)) return { status: 'degraded', code: 'partlyLeading' };
    return { status: 'ok' };
  }

  /** How far the relay or a projection is behind, and whether anything waits in quarantine for a person to look at. */
  outboxHealth(): PartHealth {
    const now = this.clock.now();
    const isBehind = [...this.lanes.values()].some(
      ({ relay }) => relay.behindSinceMs !== null && now - relay.behindSinceMs > LAG_MS_MAX,
    );
    if (isBehind || this.projections.isBehind()) return { status: 'degraded', code: 'behind' };
    return this.quarantined > 0 ? { status: 'degraded', code: 'quarantine' } : { status: 'ok' };
  }

  private newLane(lane: string): Lane {
    const { clock } = this;
    const relay = new OutboxRelay(
      lane,
      this.repository,
      (submission) =>
        deliver(
          submission,
          this.delivery((one) => this.laneOf(one.shard).leader.committer.submit(one, true)),
        ),
      clock,
    );
    const committer = new Committer(lane, {
      clock,
      random: this.random,
      store: this.repository,
      programs: this.programs,
      transport: {
        committed: (row: OutboxRow, entries: readonly JournalEntry[]) => {
          this.tail.committed(row, entries);
          this.projections.committed(row.lane);
          if (row.caused.length > 0) relay.nudge();
        },
      },
      alarms: {
        quarantined: (submission, error) => {
          this.quarantined += 1;
          this.logger.error(
            `The activity ${submission.entryId} of member ${submission.member} was set aside: ${String(error instanceof Error ? error.stack : error)}`,
          );
        },
        steppedDown: (name, reason) => this.logger.warn(`Lane ${name}: ${reason}`),
        stateIsLarge: (member, bytes) => this.logger.warn(`The state of member ${member} takes ${bytes} bytes.`),
      },
    });
    // One data directory is one node, so a restart takes its own lanes back without waiting for the lease to end.
    const node = `${hostname()}:${resolve(this.config.dataDir)}`;
    return {
      leader: new LaneLeader(committer, this.repository, node, clock, () => relay.nudge()),
      relay,
      shards: shardsOfLane(lane, this.config.lanes),
    };
  }

  private laneOf(shard: number): Lane {
    const lane = this.lanes.get(laneOfShard(shard, this.config.lanes));
    if (lane === undefined) throw new Refusal('lane.moved');
    return lane;
  }

  /** Has the clock strike for members to whom something is due, lane by lane. */
  private sweepDue(): Promise<void> {
    this.sweep = this.sweep.then(async () => {
      for (const lane of this.lanes.values()) {
        if (!lane.leader.isLeading) continue;
        lane.relay.nudge();
        await this.sweepLane(lane).catch((error: unknown) => this.logger.debug(String(error)));
      }
    });
    return this.sweep;
  }

  private async sweepLane({ leader, shards }: Lane): Promise<void> {
    const due = await this.repository.listDue(shards, new Date(this.clock.now()));
    for (let from = 0; from < due.length; from += SWEEP_MAX) {
      const ledgers = await this.repository.readStates(due.slice(from, from + SWEEP_MAX));
      const struck = await Promise.all(ledgers.map((ledger) => this.strike(leader.committer, ledger)));
      // Whoever could not be settled is still due: the next second tries again, not this loop.
      if (struck.includes(false)) return;
    }
  }

  private async strike(committer: Committer, ledger: MemberLedger): Promise<boolean> {
    // Something of its own may have settled it meanwhile.
    if (ledger.dueAt === null || ledger.dueAt.getTime() > this.clock.now()) return true;
    const outcome = await committer.submit(
      clockSubmission(ledger, ledger.dueAt.getTime(), this.clock.now(), scopeOf(ledger.program)),
      true,
    );
    if (outcome.kind === 'refused' && outcome.refusal.status < 500)
      this.logger.error(`The clock could not settle member ${ledger._id}: ${outcome.refusal.code}`);
    return outcome.kind !== 'refused';
  }

  private async trim(): Promise<void> {
    for (const { relay, leader } of this.lanes.values())
      if (leader.isLeading)
        await this.projections
          .passedBy(relay.lane)
          .then((passed) => relay.trim(passed))
          .catch((error: unknown) => this.logger.debug(String(error)));
  }
}
