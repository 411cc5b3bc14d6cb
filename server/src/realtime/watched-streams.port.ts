import type { StreamName } from '@verbena/shared/realtime/socket.js';
import type { RealtimeService } from './realtime.service.js';

/** Without an audience it is remembered so long, for whoever is just coming. */
const IDLE_MS = 60_000;

/** A stream that somebody here has open, with what its source keeps of it. */
export interface WatchedStream {
  readonly program: string;
  readonly stream: StreamName;
}

interface Kept<W> {
  readonly watched: Promise<W>;
  openedAtMs: number;
}

/** What a source keeps of the streams that somebody here has open: begun when the first one comes, forgotten a while after the last. */
export class WatchedStreams<W extends WatchedStream> {
  private readonly byStream = new Map<string, Kept<W>>();

  constructor(private readonly realtime: Pick<RealtimeService, 'hasAudience'>) {}

  /** What is kept of a stream; `begin` makes it where it is the first time. What it throws is not kept. */
  async open(program: string, stream: StreamName, begin: () => Promise<W>): Promise<W> {
    const key = `${program}|${stream}`;
    let kept = this.byStream.get(key);
    if (kept === undefined) {
      kept = { watched: begin(), openedAtMs: 0 };
      this.byStream.set(key, kept);
      kept.watched.catch(() => this.byStream.delete(key));
    }
    const watched = await kept.watched;
    kept.openedAtMs = performance.now();
    return watched;
  }

  find(program: string, stream: StreamName): Promise<W> | undefined {
    return this.byStream.get(`${program}|${stream}`)?.watched;
  }

  get isEmpty(): boolean {
    return this.byStream.size === 0;
  }

  /** Those with an audience. */
  async live(): Promise<W[]> {
    const live: W[] = [];
    for (const [key, { watched, openedAtMs }] of this.byStream) {
      const one = await watched.catch(() => null);
      if (one === null) continue;
      if (this.realtime.hasAudience(one.program, one.stream)) live.push(one);
      else if (performance.now() - openedAtMs > IDLE_MS) this.byStream.delete(key);
    }
    return live;
  }
}
