import { Logger } from '@nestjs/common';
import type { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Committer } from './committer.js';
import type { LedgerRepository } from './ledger.repository.js';
import { LeaseWatch } from './lease-watch.js';

const LEASE_MS = 5_000;
const RENEW_MS = 1_000;

/**
 * Keeps one lane led: takes the lease when it is free, renews it each second, and has the committer begin or step down.
 * All that it decides is who tries to commit; whether a commit counts is decided by the fence.
 */
export class LaneLeader {
  private readonly logger = new Logger(LaneLeader.name);
  private epoch: number | null = null;
  private endBeats: () => void = () => undefined;
  private readonly watch: LeaseWatch;
  private isStopping = false;
  private beat: Promise<void> = Promise.resolve();

  constructor(
    readonly committer: Committer,
    private readonly repository: LedgerRepository,
    private readonly node: string,
    private readonly clock: Pick<Clock, 'now' | 'elapsed' | 'every'>,
    private readonly onLead: () => void,
  ) {
    this.watch = new LeaseWatch(clock, LEASE_MS);
  }

  get isLeading(): boolean {
    return this.epoch !== null && this.committer.isLeading;
  }

  /** Tries at once, then each second. */
  async start(): Promise<void> {
    await this.step();
    this.endBeats = this.clock.every(RENEW_MS, () => {
      this.beat = this.beat.then(() => (this.isStopping ? undefined : this.step()));
    });
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.endBeats();
    await this.beat;
    await this.committer.stop();
    if (this.epoch !== null)
      await this.repository.releaseLease(this.committer.lane, this.node, this.epoch).catch(() => undefined);
    this.epoch = null;
  }

  private async step(): Promise<void> {
    const { lane } = this.committer;
    try {
      // A committer that stepped down by itself met a newer epoch: this lease is worth nothing any more.
      if (this.epoch !== null && !this.committer.isLeading) this.epoch = null;
      const until = new Date(this.clock.now() + LEASE_MS);
      const epoch = await this.repository.lease(lane, this.node, this.epoch, until, (lease) =>
        this.watch.isOver(lease),
      );
      if (epoch === null) {
        if (this.epoch !== null) await this.committer.stop(new Refusal('lane.moved'));
        this.epoch = null;
        return;
      }
      if (epoch === this.epoch) return;
      const position = await this.repository.openLane(lane, epoch);
      if (position.epoch !== epoch) return;
      this.epoch = epoch;
      this.committer.start(position);
      this.onLead();
    } catch (error) {
      // The database is away: keep what we have; the fence refuses us if another node took over meanwhile.
      this.logger.debug(`Lane ${lane}: ${String(error)}`);
    }
  }
}
