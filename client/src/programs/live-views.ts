import type { QueryClient, QueryKey } from '@tanstack/svelte-query';
import type { PushEnvelope } from '@verbena/shared/realtime/socket.js';

/** Several entries within this span are read anew once. */
const GATHER_MS = 200;

/** How the stream of a member changes what screens have read. A module exports its own, `live`, from `<module>.live.ts`. */
export interface LiveView {
  /** Sets or invalidates at once what a push tells; gets every push of the stream, in order. */
  readonly apply?: (push: PushEnvelope, queries: QueryClient, program: string) => void;
  /** What is read anew a moment after any entry. */
  readonly staleAfterEntry?: (program: string) => readonly QueryKey[];
}

const views = Object.values(import.meta.glob<LiveView>('/src/*/*.live.ts', { eager: true, import: 'live' }));

/**
 * Keeps what the screens have read true to the stream: the figures that an entry carries are set at once, and the rest is
 * read anew a moment later.
 */
export class LiveViews {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly queries: QueryClient,
    private readonly program: string,
  ) {}

  apply(push: PushEnvelope): void {
    for (const view of views) view.apply?.(push, this.queries, this.program);
    if (push.name === 'entry.recorded') this.#refreshSoon();
  }

  #refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, GATHER_MS);
  }

  async refresh(): Promise<void> {
    const stale = views.flatMap(({ staleAfterEntry }) => staleAfterEntry?.(this.program) ?? []);
    await Promise.all(stale.map((queryKey) => this.queries.invalidateQueries({ queryKey })));
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
