import { Clock } from '@verbena/server/platform/clock/clock.js';

/** A clock that stands still, and on which no wait takes any time. */
export class StillClock extends Clock {
  constructor(private readonly atMs: number) {
    super();
  }

  now(): number {
    return this.atMs;
  }

  override pause(): Promise<void> {
    return Promise.resolve();
  }
}
