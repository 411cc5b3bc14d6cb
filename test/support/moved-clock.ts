import { Clock } from '@verbena/server/platform/clock/clock.js';

/** A clock that a test moves by hand, and on which no wait takes any time. */
export class MovedClock extends Clock {
  constructor(public atMs: number) {
    super();
  }

  now(): number {
    return this.atMs;
  }

  override pause(): Promise<void> {
    return Promise.resolve();
  }
}
