import { Logger } from '@nestjs/common';
import { isSettled, submissionOf } from './caused.js';
import type { Timer } from './committer.ports.js';
import type { OutboxCause } from './journal-entry.js';
import type { LedgerRepository } from './ledger.repository.js';
import type { Outcome, Submission } from './submission.js';

const ROWS_PER_READ = 100;
const RETRY_MS = 200;
const KEEP_MS = 7 * 86_400_000;

/**
 * Submits what a lane's groups caused for other members, in order, waits for each commit, then moves the lane's
 * watermark. After a crash it begins again at the watermark; the keys make the repeats harmless.
 */
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private isRunning = false;
  private isStopped = false;
  private isNudged = false;
  private watermark: number | null = null;
  /** Up to where its rows are gone, as far as this process knows. */
  private gone = 0;
  /** When the oldest row that is not relayed was met, for health. */
  behindSinceMs: number | null = null;

  constructor(
    readonly lane: string,
    private readonly repository: LedgerRepository,
    private readonly submit: (submission: Submission) => Promise<Outcome>,
    private readonly clock: Timer,
  ) {}

  /**
   * Something was committed, this node just took the lane, or it is time to look: of a group whose commit came long after its
   * answer was lost nobody tells.
   */
  nudge(): void {
    this.isNudged = true;
    if (this.isRunning || this.isStopped) return;
    this.isRunning = true;
    void this.run().finally(() => {
      this.isRunning = false;
    });
  }

  stop(): void {
    this.isStopped = true;
  }

  private async run(): Promise<void> {
    while (this.isNudged && !this.isStopped) {
      this.isNudged = false;
      try {
        await this.relayAll();
        this.behindSinceMs = null;
      } catch (error) {
        this.behindSinceMs ??= this.clock.now();
        this.logger.debug(`Lane ${this.lane}: ${String(error)}`);
        await this.clock.pause(RETRY_MS);
        this.isNudged = true;
      }
    }
  }

  private async relayAll(): Promise<void> {
    this.watermark ??= (await this.repository.listLanes()).find((lane) => lane._id === this.lane)?.relayed ?? 0;
    for (;;) {
      const rows = await this.repository.readOutbox(this.lane, this.watermark, ROWS_PER_READ);
      const last = rows.at(-1);
      if (last === undefined || this.isStopped) return;
      for (const row of rows) await Promise.all(row.caused.map((cause) => this.relay(cause)));
      // Kept where it spares work: it stands on the document that every group of the lane writes.
      if (rows.length === ROWS_PER_READ || rows.some(({ caused }) => caused.length > 0))
        await this.repository.moveRelayed(this.lane, last.q);
      this.watermark = last.q;
    }
  }

  private async relay(cause: OutboxCause): Promise<void> {
    for (;;) {
      const outcome = await this.submit(submissionOf(cause, this.clock.now()));
      if (outcome.kind !== 'refused' || outcome.refusal.code === 'activity.quarantined') return;
      if (isSettled(cause, outcome.refusal.code)) return;
      // A refusal that will not pass leaves no trace in the journal, so it is kept where somebody looks.
      if (outcome.refusal.status < 500 && outcome.refusal.status !== 429) {
        await this.repository.quarantine(
          submissionOf(cause, this.clock.now()),
          outcome.refusal.code,
          new Date(this.clock.now()),
        );
        this.logger.error(`${cause.activity.type}, caused by ${cause.cause}, was set aside: ${outcome.refusal.code}.`);
        return;
      }
      if (this.isStopped) throw new Error('stopped');
      await this.clock.pause(RETRY_MS);
    }
  }

  /** Drops rows that are done with, by every projection too (`passed`), and older than a week. */
  async trim(passed: number): Promise<void> {
    if (this.watermark === null) return;
    const before = new Date(this.clock.now() - KEEP_MS);
    this.gone = await this.repository.trimOutbox(this.lane, this.gone, Math.min(this.watermark, passed), before);
  }
}
