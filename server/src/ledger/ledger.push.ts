import { Injectable, Logger } from '@nestjs/common';
import type { PushEnvelope } from '@verbena/shared/realtime/socket.js';
import { Clock } from '#platform/clock/clock.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { RealtimeService } from '#realtime/realtime.service.js';
import { ServesStream, type StreamSource, type StreamSubject } from '#realtime/stream-source.port.js';
import { type JournalEntry, type OutboxRow, pushOf } from './journal-entry.js';
import { GiftPartners, partnerOf } from './gift-partners.service.js';
import { LedgerRepository } from './ledger.repository.js';

/**
 * The stream `me`: a member's journal and nothing else, its `q` the member's `seq`. Every committed entry is exactly one push;
 * one without anything to show carries only its number, so that a client sees a gap by itself.
 */
@Injectable()
@ServesStream()
export class LedgerStream implements StreamSource {
  readonly kind = 'me';
  readonly hasCursor = true;
  readonly hasPast = true;

  constructor(
    private readonly repository: LedgerRepository,
    private readonly partners: GiftPartners,
  ) {}

  async head(subject: StreamSubject): Promise<number> {
    return (await this.repository.findState(scopeOf(subject.program), subject.member))?.seq ?? 0;
  }

  async read(subject: StreamSubject, since: number, limit: number): Promise<readonly PushEnvelope[]> {
    const entries = await this.repository.readJournal(subject.member, since, limit);
    const own = entries.filter((entry) => entry.program === subject.program);
    const data = await this.partners.name(scopeOf(subject.program), own, pushOf);
    return own.map((entry, place) => envelopeOf(entry, data[place]));
  }
}

function envelopeOf(entry: JournalEntry, data = pushOf(entry)): PushEnvelope {
  const envelope = { stream: 'me', q: entry.seq, id: entry._id, v: 1, at: entry.at } as const;
  const isShown =
    entry.lines.length > 0 ||
    entry.outcome === 'refused' ||
    entry.effects.some((effect) => effect.type !== 'counter.added' && effect.type !== 'cap.used');
  return isShown ? { ...envelope, name: 'entry.recorded', data } : envelope;
}

const POLL_MS = 50;
const IDLE_POLL_MS = 1_000;
const ROWS_PER_READ = 200;

/**
 * Follows every lane's outbox from its head and pushes to the sockets of this node. What this node commits itself arrives
 * at once and in order; what others commit, or what was missed, is read by number. Only entries of members who are
 * here are read at all.
 */
@Injectable()
export class OutboxTail {
  private readonly logger = new Logger(OutboxTail.name);
  private readonly positions = new Map<string, number>();
  /** By member, what is not pushed yet because an alias is looked up for it. */
  private readonly naming = new Map<string, Promise<void>>();
  private endPolls: () => void = () => undefined;
  private leadsAllLanes: () => boolean = () => false;
  private lastPollMs = 0;
  private isPolling = false;
  private hasWarned = false;

  constructor(
    private readonly repository: LedgerRepository,
    private readonly realtime: RealtimeService,
    private readonly partners: GiftPartners,
    private readonly clock: Clock,
  ) {}

  /** `leadsAllLanes`: whether nobody but this node commits at present. */
  async start(leadsAllLanes: () => boolean): Promise<void> {
    this.leadsAllLanes = leadsAllLanes;
    for (const lane of await this.repository.listLanes()) this.positions.set(lane._id, lane.q);
    this.endPolls = this.clock.every(POLL_MS, () => void this.poll());
  }

  stop(): void {
    this.endPolls();
  }

  /**
   * A group of this node: pushed from memory when it is the next one, else left to the poll, which is then made at once. A lane
   * that was opened after the tail began, as on an empty database, is followed from its first group here.
   */
  committed(row: OutboxRow, entries: readonly JournalEntry[]): void {
    const position = this.positions.get(row.lane) ?? row.q - 1;
    if (row.q <= position) return;
    if (row.q > position + 1) {
      this.lastPollMs = 0;
      return;
    }
    this.positions.set(row.lane, row.q);
    for (const entry of entries) this.push(entry);
  }

  /** A gift waits for the alias of the other one, and whatever the member gets after it waits for that. */
  private push(entry: JournalEntry): void {
    const { member, program } = entry;
    if (!this.realtime.hasLocal(member)) return;
    const before = this.naming.get(member);
    if (before === undefined && partnerOf(entry) === null) {
      this.realtime.push(program, member, envelopeOf(entry));
      return;
    }
    const pushed = (before ?? Promise.resolve())
      // Without its alias it is told as a gift of somebody.
      .then(() => this.partners.name(scopeOf(program), [entry], pushOf).catch(() => []))
      .then(([data]) => {
        this.realtime.push(program, member, envelopeOf(entry, data));
        if (this.naming.get(member) === pushed) this.naming.delete(member);
      });
    this.naming.set(member, pushed);
  }

  /** Reads what other nodes committed. A node that commits all lanes itself has little to ask for. */
  private async poll(): Promise<void> {
    const now = this.clock.elapsed();
    const everyMs = this.leadsAllLanes() ? IDLE_POLL_MS : POLL_MS;
    if (this.isPolling || now - this.lastPollMs < everyMs) return;
    this.isPolling = true;
    this.lastPollMs = now;
    try {
      for (const lane of await this.repository.listLanes()) await this.follow(lane._id, lane.q);
      this.hasWarned = false;
    } catch (error) {
      // Once an outage: live pushes stand still meanwhile, and clients catch up by their cursors.
      if (!this.hasWarned) this.logger.warn(`The outbox cannot be read: ${String(error)}`);
      this.hasWarned = true;
    } finally {
      this.isPolling = false;
    }
  }

  private async follow(lane: string, head: number): Promise<void> {
    // A lane that was not there when the tail began is followed from its first group.
    let position = this.positions.get(lane) ?? 0;
    while (position < head) {
      const rows: OutboxRow[] = await this.repository.readOutbox(lane, position, ROWS_PER_READ);
      if (rows.length === 0) return;
      for (const row of rows) {
        // The committer may have pushed this one while the read was under way.
        if (row.q <= (this.positions.get(lane) ?? 0)) continue;
        this.positions.set(lane, row.q);
        if (row.entries.some(({ member }) => this.realtime.hasLocal(member))) await this.pushGroup(lane, row.q);
      }
      position = this.positions.get(lane) ?? head;
    }
  }

  private async pushGroup(lane: string, q: number): Promise<void> {
    for (const entry of await this.repository.readGroup(lane, q)) this.push(entry);
  }
}
