import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { Turns } from '#platform/mongo/turns.js';
import { NoticeOutboxRepository } from './notice-outbox.repository.js';
import type { NoticeSource } from './notice-source.port.js';
import { NoticesRepository } from './notices.repository.js';
import type { NoticeOutboxRow } from './notices.schema.js';

const POLL_MS = 500;
const ROWS_AT_ONCE = 200;
/** Told in one transaction. */
const MEMBERS_AT_ONCE = 50;

/** Who is asked whom something concerns, and who hears which members were told. */
export interface RelayPorts {
  source(kind: string): Pick<NoticeSource, 'recipientsOf'>;
  told(members: readonly string[]): void;
}

/**
 * Tells members of what waits in the notice outbox, and drops each row once all of them are told. After a crash in between the row is
 * still there, and whoever was told is not told again; so two nodes that relay the same row are harmless, too.
 */
@Injectable()
export class NoticeRelay {
  private readonly logger = new Logger('Notices');
  private readonly turns: Turns;
  private ports: RelayPorts | null = null;
  private endPolls: () => void = () => undefined;
  private running: Promise<void> | null = null;
  private isNudged = false;
  /** Rows that could not be told when they came last. */
  private readonly stuck = new Set<string>();

  constructor(
    private readonly outbox: NoticeOutboxRepository,
    private readonly notices: NoticesRepository,
    mongo: Mongo,
    private readonly clock: Clock,
  ) {
    this.turns = new Turns(mongo);
  }

  /** Begins to relay, twice a second and whenever somebody nudges. */
  start(ports: RelayPorts): void {
    this.ports = ports;
    this.endPolls = this.clock.every(POLL_MS, () => this.nudge());
    this.nudge();
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.endPolls();
    this.ports = null;
    await this.running;
  }

  /** Something was committed, perhaps. */
  nudge(): void {
    this.isNudged = true;
    if (this.running !== null || this.ports === null) return;
    this.running = this.run().finally(() => {
      this.running = null;
    });
  }

  private async run(): Promise<void> {
    while (this.isNudged && this.ports !== null) {
      this.isNudged = false;
      try {
        for (const row of await this.outbox.listWaiting(ROWS_AT_ONCE)) await this.relayOrLeave(row);
      } catch (error) {
        this.logger.debug(String(error));
      }
    }
  }

  /** What cannot be told now stays, keeps nothing else from being told, and comes again. */
  private async relayOrLeave(row: NoticeOutboxRow): Promise<void> {
    if (this.ports === null) return;
    try {
      await this.relay(row, this.ports);
      this.stuck.delete(row._id);
    } catch (error) {
      // Once a row: it comes again twice a second.
      if (!this.stuck.has(row._id)) this.logger.warn(`Not told yet, ${row.kind} ${row.subject}: ${String(error)}`);
      this.stuck.add(row._id);
    }
  }

  private async relay(row: NoticeOutboxRow, ports: RelayPorts): Promise<void> {
    const recipients = await ports.source(row.kind).recipientsOf(scopeOf(row.program), row);
    for (let from = 0; from < recipients.length; from += MEMBERS_AT_ONCE) {
      const some = recipients.slice(from, from + MEMBERS_AT_ONCE);
      await this.turns.transact(row.program, (session) => this.notices.add(row, some, session));
      ports.told(some.map(({ member }) => member));
    }
    await this.outbox.remove(row._id);
  }
}
