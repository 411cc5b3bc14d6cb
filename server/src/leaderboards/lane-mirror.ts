import { Logger } from '@nestjs/common';
import type { ProjectedLane } from '#ledger/projector.port.js';
import type { Clock } from '#platform/clock/clock.js';
import type { BoardMirror, MirrorValue } from './board-mirror.repository.js';
import type { BoardRunsRepository } from './board-runs.repository.js';
import { elementOfStanding, type StandingDocument } from './leaderboards.schema.js';
import type { StandingsRepository } from './standings.repository.js';

const LOOK_MS = 1_000;
const COPIED_AT_ONCE = 1_000;

/**
 * One lane's part of the mirror. It follows each batch; where it is empty, another one, or behind, it is copied anew, page by
 * page between the batches, while boards are answered from MongoDB. Nothing here ever fails a batch.
 */
export class LaneMirror {
  private readonly logger = new Logger('Boards');
  private generation: string | null = null;
  private copying: AsyncGenerator<StandingDocument[]> | null = null;
  /** Something changed without a number of its own and is not in the mirror, which would look whole all the same. */
  private hasMissed = false;
  private lookAtMs = 0;
  private q = 0;

  constructor(
    private readonly lane: string,
    private readonly mirror: BoardMirror,
    private readonly standings: StandingsRepository,
    private readonly runs: BoardRunsRepository,
    private readonly clock: Pick<Clock, 'elapsed'>,
  ) {}

  /** What changed with a batch up to `toQ`, or with a rebuild (null), for which the lane stays where it is. */
  async follow(toQ: number | null, values: readonly MirrorValue[]): Promise<void> {
    const isFollowed = this.generation !== null && (await this.put(this.generation, toQ, values));
    if (isFollowed) this.q = toQ ?? this.q;
    else if (toQ === null) this.hasMissed = true;
  }

  private async put(generation: string, toQ: number | null, values: readonly MirrorValue[]): Promise<boolean> {
    try {
      const isPut = await this.mirror.apply(generation, this.lane, this.q, toQ, values);
      if (!isPut) this.giveUp();
      return isPut;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** Looks whether the mirror stands where the lane does, and copies a page where it does not; true while there is more. */
  async tend(lane: ProjectedLane): Promise<boolean> {
    this.q = lane.q;
    try {
      if (this.copying !== null) return await this.copyNext(lane);
      if (this.clock.elapsed() < this.lookAtMs || !this.mirror.isReady) return false;
      this.lookAtMs = this.clock.elapsed() + LOOK_MS;
      const { generation, q } = await this.mirror.stateOf(this.lane);
      if (generation !== null && q === lane.q && !this.hasMissed) {
        this.generation = generation;
        return false;
      }
      const lists = (await this.runs.listOpen()).map(({ _id }) => _id);
      this.generation = await this.mirror.begin(this.lane, lists);
      this.copying = this.pagesOf(lists);
      this.hasMissed = false;
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  private async copyNext(lane: ProjectedLane): Promise<boolean> {
    const { copying, generation } = this;
    if (copying === null || generation === null) return false;
    const { done, value: page } = await copying.next();
    if (done === true) {
      this.copying = null;
      if (!(await this.mirror.finish(generation, this.lane, lane.q))) this.giveUp();
      return false;
    }
    const own = page.filter(({ shard }) => lane.shards.has(shard)).map(valueOf);
    if (own.length > 0 && !(await this.mirror.apply(generation, this.lane, lane.q, null, own))) {
      this.giveUp();
      return false;
    }
    return true;
  }

  /** Each page as it is when it is asked for: what moved since the first one was, the batches say. */
  private async *pagesOf(lists: readonly string[]): AsyncGenerator<StandingDocument[]> {
    for (const list of lists) yield* this.standings.pages(list, COPIED_AT_ONCE);
  }

  /** The mirror is another one, or misses something: it is copied anew at once. */
  private giveUp(): void {
    this.generation = null;
    this.copying = null;
    this.lookAtMs = 0;
  }

  /** Redis does not answer: asked again a little later, so that nobody waits for it with each batch. */
  private fail(error: unknown): void {
    this.logger.debug(`The mirror of lane ${this.lane}: ${String(error)}`);
    this.giveUp();
    this.lookAtMs = this.clock.elapsed() + LOOK_MS;
  }
}

export function valueOf(standing: StandingDocument): MirrorValue {
  const { program, board, run, member, score } = standing;
  return { list: `${program}|${board}|${run}`, member, score, element: elementOfStanding(standing) };
}
