import type { BoardMirror, MirrorValue } from '@verbena/server/leaderboards/board-mirror.repository.js';
import { standIn } from './stand-in.js';
import type { Process, World } from './world.js';

/** The boards in Redis, in memory: what its scripts do, each at once. It may be flushed at any time. */
export class MemoryMirror {
  generation: string | null = null;
  readonly lanes = new Map<string, number>();
  /** Scores by list and member, `list|member`. */
  readonly scores = new Map<string, number>();
  private readonly begun = new Set<string>();
  private generations = 0;

  constructor(
    private readonly world: World,
    /** A mutant adds what it should set. */
    private readonly adds = false,
  ) {}

  flush(): void {
    this.generation = null;
    this.lanes.clear();
    this.begun.clear();
    this.scores.clear();
    this.world.note('Redis is flushed');
  }

  /** The mirror as a process has it. */
  of(process: Process, lost: () => number): BoardMirror {
    const call = async <T>(label: string, act: () => T): Promise<T> => {
      await this.world.wait(null, this.world.latencyMs, `${process.name} redis ${label}`);
      const isLost = this.world.chance(lost());
      if (isLost && this.world.chance(0.5)) return this.fail(process, label);
      const result = act();
      if (isLost) return this.fail(process, label);
      await this.world.wait(process, this.world.latencyMs, `${process.name} redis ${label} answered`);
      return result;
    };
    return standIn<BoardMirror>({
      isReady: true,
      stateOf: (lane) => call('stateOf', () => ({ generation: this.generation, q: this.lanes.get(lane) ?? null })),
      begin: (lane) => call('begin', () => this.begin(lane)),
      apply: (generation, lane, fromQ, toQ, values) =>
        call('apply', () => this.apply(generation, lane, fromQ, toQ, values)),
      finish: (generation, lane, q) => call('finish', () => this.finish(generation, lane, q)),
    });
  }

  private async fail(process: Process, label: string): Promise<never> {
    await this.world.wait(process, this.world.latencyMs, `${process.name} redis ${label} failed`);
    throw new Error('The socket to Redis closed.');
  }

  private begin(lane: string): string {
    if (this.generation !== null && !this.lanes.has(lane) && !this.begun.has(lane)) {
      this.begun.add(lane);
      return this.generation;
    }
    this.generations += 1;
    this.generation = `g${this.generations}`;
    this.lanes.clear();
    this.begun.clear();
    this.begun.add(lane);
    this.scores.clear();
    return this.generation;
  }

  private apply(
    generation: string,
    lane: string,
    fromQ: number,
    toQ: number | null,
    values: readonly MirrorValue[],
  ): boolean {
    const q = this.lanes.get(lane);
    if (this.generation !== generation || (q !== undefined && q !== fromQ)) return false;
    for (const { list, member, score, element } of values) {
      const key = `${list}|${member}`;
      if (element === null) this.scores.delete(key);
      else this.scores.set(key, (this.adds ? (this.scores.get(key) ?? 0) : 0) + score);
    }
    if (q !== undefined && toQ !== null) this.lanes.set(lane, toQ);
    return true;
  }

  private finish(generation: string, lane: string, q: number): boolean {
    if (this.generation !== generation) return false;
    this.lanes.set(lane, q);
    return true;
  }
}
