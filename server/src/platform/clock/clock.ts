/** Where time comes from. A port, so that a test or a simulation can be its own clock. */
export abstract class Clock {
  /** Milliseconds since 1970, UTC. */
  abstract now(): number;
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
