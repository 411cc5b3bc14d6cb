/**
 * Where time comes from, and where waiting goes. A port, so that a test can be its own clock, and a simulation all of time:
 * what commits, relays and projects waits nowhere else.
 */
export abstract class Clock {
  /** Milliseconds since 1970, UTC. May be set, and then jumps. */
  abstract now(): number;

  /** Milliseconds of a clock that nobody sets, for how long something takes. */
  elapsed(): number {
    return performance.now();
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** One turn of the event loop: all that has arrived by now is taken first. */
  turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /**
   * Calls again and again until it is told to end; keeps no process alive. What is still at it when its time comes is not called once
   * more: a database that does not answer keeps one call waiting.
   *
   * @param act never rejects
   */
  every(ms: number, act: () => void | Promise<void>): () => void {
    let isAtIt = false;
    const timer = setInterval(() => {
      if (isAtIt) return;
      const acting = act();
      if (acting === undefined) return;
      isAtIt = true;
      void acting.finally(() => {
        isAtIt = false;
      });
    }, ms);
    timer.unref();
    return () => clearInterval(timer);
  }
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}

/** A clock that a test moves; it goes on ticking from where it was put. */
export class MovableClock extends Clock {
  private offsetMs = 0;

  now(): number {
    return Date.now() + this.offsetMs;
  }

  moveTo(atMs: number): void {
    this.offsetMs = atMs - Date.now();
  }
}
