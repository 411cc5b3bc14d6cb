import type { Clock } from '#platform/clock/clock.js';

/**
 * Whether somebody else's lease is over: its time is past or, since nodes' clocks may differ by more than a lease lasts, it was
 * seen for as long as it lasts and was not renewed. Asked at each try to take it.
 */
export class LeaseWatch {
  private seen = '';
  private sinceMs = 0;

  constructor(
    private readonly clock: Pick<Clock, 'now' | 'elapsed'>,
    private readonly lengthMs: number,
  ) {}

  isOver({ epoch, until }: { readonly epoch: number; readonly until: Date }): boolean {
    const elapsedMs = this.clock.elapsed();
    const now = `${epoch} ${until.getTime()}`;
    if (now !== this.seen) {
      this.seen = now;
      this.sinceMs = elapsedMs;
    }
    return until.getTime() <= this.clock.now() || elapsedMs - this.sinceMs > this.lengthMs;
  }
}
