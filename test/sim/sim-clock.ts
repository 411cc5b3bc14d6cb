import { Clock } from '@verbena/server/platform/clock/clock.js';
import type { Process, World } from './world.js';

/** Nobody beats faster: late timers are timers too, and a run is short. */
const BEAT_MS_MIN = 200;

/** Time as one process sees it: skewed, and over when the process is. */
export class SimClock extends Clock {
  constructor(
    private readonly world: World,
    private readonly process: Process,
  ) {
    super();
  }

  now(): number {
    return this.world.wallMs + this.process.skewMs;
  }

  override elapsed(): number {
    return this.world.elapsedMs;
  }

  override pause(ms: number): Promise<void> {
    return this.world.wait(this.process, ms, `${this.process.name} has paused`);
  }

  override turn(): Promise<void> {
    return this.world.wait(this.process, 0, `${this.process.name} turns`);
  }

  override every(ms: number, act: () => void): () => void {
    let isOver = false;
    const beat = (): void => {
      this.world.after(this.process, Math.max(ms, BEAT_MS_MIN), `${this.process.name} beats`, () => {
        if (isOver) return;
        beat();
        act();
      });
    };
    beat();
    return () => {
      isOver = true;
    };
  }
}
