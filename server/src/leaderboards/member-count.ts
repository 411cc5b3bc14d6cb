import {
  type Closing,
  closingOf,
  type CountedEntry,
  type CountedProgram,
  movementsOf,
  type Movement,
  VISIBLE,
  type Visibility,
  visibilityAfter,
} from './count-entries.js';
import { standingId } from './leaderboards.schema.js';
import { listOf } from './place-order.js';

/** What one run of a board gets from a member's entries, one movement after another. */
export interface RunCount {
  readonly board: string;
  readonly run: string;
  readonly closing: Closing;
  readonly movements: readonly Movement[];
  /** The latest. */
  readonly atMs: number;
}

/** What a stretch of one member's journal says for the boards. Entries come in order of `seq`. */
export class MemberCount {
  private readonly runs = new Map<string, RunCount & { movements: Movement[]; atMs: number }>();
  private readonly said: CountedEntry[] = [];

  constructor(
    readonly program: CountedProgram,
    readonly member: string,
    readonly shard: number,
  ) {}

  take(entry: CountedEntry): void {
    for (const movement of movementsOf(this.program, entry)) {
      const list = listOf(this.program.id, movement.board, movement.run);
      const known = this.runs.get(list);
      if (known === undefined)
        this.runs.set(list, {
          board: movement.board,
          run: movement.run,
          closing: closingOf(this.program, movement.run),
          movements: [movement],
          atMs: movement.atMs,
        });
      else {
        known.movements.push(movement);
        known.atMs = Math.max(known.atMs, movement.atMs);
      }
    }
    if (visibilityAfter(VISIBLE, entry) !== VISIBLE) this.said.push(entry);
  }

  get isEmpty(): boolean {
    return this.runs.size === 0 && this.said.length === 0;
  }

  /** Whether it says anything of standing on boards at all: that concerns every run of the member. */
  get tells(): boolean {
    return this.said.length > 0;
  }

  get totals(): Iterable<RunCount> {
    return this.runs.values();
  }

  get ids(): string[] {
    return [...this.runs.keys()].map((list) => standingId(list, this.member));
  }

  visibilityAfter(before: Visibility): Visibility {
    return this.said.reduce(visibilityAfter, before);
  }
}
