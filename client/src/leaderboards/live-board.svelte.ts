import type { BoardPage } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import type { StandingsMoved } from '@verbena/shared/leaderboards/standings-moved.js';
import { FollowedStream } from '#lib/live/followed-stream.js';
import type { LiveConnection } from '#lib/live/live-connection.svelte.js';
import { applyMoved } from './board-rows.js';

/** Pushes that may be newer than a reading that is under way. More of them than this, and the next reading settles it. */
const KEPT_MAX = 200;
/** Two readings are at least this far apart, however much moves. */
const READ_EVERY_MS = 1_000;

/**
 * One run of a board on a screen: what was read, what was pushed since, and whether it is held. It reads by `read` and is
 * handed what was read by `take`, so that whoever else makes the page be read anew is welcome.
 */
export class LiveBoard {
  /** What the screen shows; stands still while `pausedAtMs` is set. */
  page = $state.raw<BoardPage>();
  /** When something was last heard of the board, by this device's clock. */
  heardAtMs = $state<number>();
  /** Changes arrive by themselves. */
  isLive = $state(false);
  pausedAtMs = $state<number>();

  /** The newest that is known, and since when, also while the screen stands still. */
  #newest: BoardPage | undefined;
  #newestAtMs = 0;
  #recent: StandingsMoved[] = [];
  #readTimer: ReturnType<typeof setTimeout> | undefined;
  #readAtMs = Number.NEGATIVE_INFINITY;

  /** @param limit how many of the first places the page shows */
  constructor(
    private readonly limit: () => number,
    private readonly read: () => void,
  ) {}

  /**
   * What was read, and what was pushed after its moment.
   *
   * @param readAtMs when it was read, by this device's clock
   */
  take(page: BoardPage, readAtMs: number): void {
    this.#recent = this.#recent.filter(({ run, at }) => run === page.run.id && at >= page.at);
    let newest = page;
    for (const moved of this.#recent) newest = applyMoved(newest, moved, this.limit()) ?? newest;
    this.#show(newest, newest === page ? readAtMs : Date.now());
  }

  /**
   * Follows the run that was read, until the returned function is called. A closed run never moves, and one that is held
   * is not followed either.
   */
  follow(connection: LiveConnection, board: string, run: string): () => void {
    const stream = new FollowedStream(connection, `board:${board}:${run}`, {
      apply: (push) => {
        if (push.name === 'standings.moved' && push.data.run === run) this.#apply(push.data);
      },
      readAnew: () => this.#readSoon(),
      live: (isLive) => {
        this.isLive = isLive;
      },
    });
    return () => {
      stream.close();
      clearTimeout(this.#readTimer);
      this.#readTimer = undefined;
    };
  }

  pause(): void {
    this.pausedAtMs = Date.now();
  }

  resume(): void {
    this.pausedAtMs = undefined;
    if (this.#newest !== undefined) this.#show(this.#newest, this.#newestAtMs);
  }

  #apply(moved: StandingsMoved): void {
    this.#recent = [...this.#recent.slice(1 - KEPT_MAX), moved];
    if (this.#newest === undefined) return;
    const next = applyMoved(this.#newest, moved, this.limit());
    if (next === undefined) this.#readSoon();
    else this.#show(next, Date.now());
  }

  #show(page: BoardPage, heardAtMs: number): void {
    this.#newest = page;
    this.#newestAtMs = heardAtMs;
    if (this.pausedAtMs !== undefined) return;
    this.page = page;
    this.heardAtMs = heardAtMs;
  }

  #readSoon(): void {
    this.#readTimer ??= setTimeout(
      () => {
        this.#readTimer = undefined;
        this.#readAtMs = Date.now();
        // What was pushed so far is in what is read from now on; what comes meanwhile may not be.
        this.#recent = [];
        this.read();
      },
      Math.max(0, this.#readAtMs + READ_EVERY_MS - Date.now()),
    );
  }
}
