import { Injectable, Logger } from '@nestjs/common';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { ActivityIntake, SourceActivity } from './activity-intake.port.js';
import { SourceOutboxRepository, type SourceRow } from './source-outbox.repository.js';

const POLL_MS = 200;
const MEMBERS_AT_ONCE = 200;
const LAG_MS_MAX = 10_000;

/**
 * Hands what waits in the source outbox to the intake, a member's rows one after another, and drops each row once it is
 * committed. After a crash in between the row is still there, and its key makes the second time harmless; so does it make
 * two nodes harmless that relay the same row.
 */
@Injectable()
export class SourceRelay {
  private readonly logger = new Logger('SourceOutbox');
  private readonly underway = new Map<string, Promise<boolean>>();
  private intake: ActivityIntake | null = null;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private isNudged = false;
  private behindSinceMs: number | null = null;
  private setAside = 0;

  constructor(
    private readonly repository: SourceOutboxRepository,
    private readonly clock: Clock,
  ) {}

  /** Begins to relay to an intake, every 200 ms and whenever somebody nudges. */
  async start(intake: ActivityIntake): Promise<void> {
    this.intake = intake;
    await this.recount();
    this.timer = setInterval(() => this.nudge(), POLL_MS);
    this.timer.unref();
    this.nudge();
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.intake = null;
    await this.running;
    await Promise.all(this.underway.values());
  }

  /** Something was committed, perhaps. */
  nudge(): void {
    this.isNudged = true;
    if (this.running !== null || this.intake === null) return;
    this.running = this.run().finally(() => {
      this.running = null;
    });
  }

  /** Relays what waits for one member; false where something has to come again. Never rejects. */
  relayMember(member: string): Promise<boolean> {
    const before = this.underway.get(member) ?? Promise.resolve(true);
    const relayed = before
      .then(() => this.relayRows(member))
      .catch((error: unknown) => {
        this.logger.debug(`Member ${member}: ${String(error)}`);
        return false;
      })
      .finally(() => {
        if (this.underway.get(member) === relayed) this.underway.delete(member);
      });
    this.underway.set(member, relayed);
    return relayed;
  }

  /** What was set aside may have left: health is told from what is there. */
  async recount(): Promise<void> {
    this.setAside = await this.repository.countSetAside();
  }

  health(): PartHealth {
    const isBehind = this.behindSinceMs !== null && this.clock.now() - this.behindSinceMs > LAG_MS_MAX;
    if (isBehind) return { status: 'degraded', code: 'behind' };
    return this.setAside > 0 ? { status: 'degraded', code: 'quarantine' } : { status: 'ok' };
  }

  private async run(): Promise<void> {
    while (this.isNudged && this.intake !== null) {
      this.isNudged = false;
      try {
        const members = await this.repository.listWaiting();
        let isAllThere = true;
        for (let from = 0; from < members.length && this.intake !== null; from += MEMBERS_AT_ONCE) {
          const some = members.slice(from, from + MEMBERS_AT_ONCE);
          const relayed = await Promise.all(some.map((member) => this.relayMember(member)));
          if (!relayed.includes(false)) continue;
          isAllThere = false;
          this.behindSinceMs ??= this.clock.now();
        }
        if (isAllThere) this.behindSinceMs = null;
      } catch (error) {
        this.behindSinceMs ??= this.clock.now();
        this.logger.debug(String(error));
      }
    }
  }

  private async relayRows(member: string): Promise<boolean> {
    for (const row of await this.repository.listOfMember(member)) {
      if (this.intake === null || !(await this.relayRow(this.intake, row))) return false;
    }
    return true;
  }

  /** False: the row stays and comes again. */
  private async relayRow(intake: ActivityIntake, row: SourceRow): Promise<boolean> {
    try {
      await intake.take(activityOf(row));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // What could not be decided is kept by the ledger itself.
      if (error.code !== 'activity.quarantined') {
        if (error.status === 429 || error.status >= 500) return false;
        await this.keepForSomebody(row, error);
        return true;
      }
    }
    await this.repository.remove(row._id);
    return true;
  }

  /** A refusal that will not pass leaves no trace in the journal, so the row stays where somebody looks. */
  private async keepForSomebody(row: SourceRow, { code }: Refusal): Promise<void> {
    await this.repository.setAside(row._id, code, new Date(this.clock.now()));
    this.setAside += 1;
    this.logger.error(`${row.type} of member ${row.member}, key ${row.key}, was set aside: ${code}.`);
  }
}

function activityOf({ _id, program, order, createdAt, refused, ...activity }: SourceRow): SourceActivity {
  return { scope: scopeOf(program), ...activity };
}
