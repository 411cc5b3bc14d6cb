/** Batches of one stream go out one after the other, so what belongs to one owner arrives in the order in which it was added. */
interface Stream<T> {
  readonly waiting: T[];
  running: Promise<void> | null;
}

export interface StreamSizes {
  readonly streams: number;
  readonly batchMax: number;
}

/** A stream takes no more than so many batches ahead, so that memory stays flat. */
const BATCHES_AHEAD_MAX = 4;

/**
 * Spreads items over streams by their owner. Each stream has one batch in flight; the streams run beside one another.
 * The first failure of `send` ends everything: it is thrown by the next `add`, or by `finish`.
 */
export class MemberStreams<T> {
  private readonly streams: readonly Stream<T>[];
  private readonly turns = new Map<Stream<T>, () => void>();
  private failure: { readonly error: unknown } | null = null;
  private isFinishing = false;

  constructor(
    private readonly sizes: StreamSizes,
    private readonly ownerOf: (item: T) => string,
    private readonly send: (batch: readonly T[]) => Promise<void>,
  ) {
    this.streams = Array.from({ length: sizes.streams }, () => ({ waiting: [], running: null }));
  }

  /** Takes an item; waits while its stream is full. */
  async add(item: T): Promise<void> {
    const stream = this.streamOf(this.ownerOf(item));
    while (stream.waiting.length >= this.sizes.batchMax * BATCHES_AHEAD_MAX && this.failure === null) {
      await Promise.race([stream.running, this.nextTurn(stream)]);
    }
    this.throwFailure();
    stream.waiting.push(item);
    this.run(stream);
  }

  /** Sends what is left and waits until everything was answered. */
  async finish(): Promise<void> {
    this.isFinishing = true;
    for (const stream of this.streams) this.run(stream);
    await Promise.all(this.streams.map((stream) => stream.running));
    this.throwFailure();
    this.isFinishing = false;
  }

  /** Forgets what was not sent and waits for what is in flight, so that its answers are not lost. */
  async abandon(): Promise<void> {
    for (const stream of this.streams) stream.waiting.length = 0;
    await Promise.all(this.streams.map((stream) => stream.running));
  }

  /** Resolves when the stream has sent its next batch, long before it has sent them all. */
  private nextTurn(stream: Stream<T>): Promise<void> {
    return new Promise((resolve) => this.turns.set(stream, resolve));
  }

  private run(stream: Stream<T>): void {
    if (stream.running !== null || !this.isDue(stream)) return;
    stream.running = this.drain(stream);
  }

  private async drain(stream: Stream<T>): Promise<void> {
    try {
      while (this.isDue(stream)) await this.sendNext(stream);
    } catch (error) {
      this.failure ??= { error };
    }
    // In the same turn as the last look at what waits, or something added meanwhile would stay.
    stream.running = null;
    this.turns.get(stream)?.();
  }

  private async sendNext(stream: Stream<T>): Promise<void> {
    const batch = stream.waiting.splice(0, this.sizes.batchMax);
    this.turns.get(stream)?.();
    await this.send(batch);
  }

  private isDue({ waiting }: Stream<T>): boolean {
    if (this.failure !== null || waiting.length === 0) return false;
    return this.isFinishing || waiting.length >= this.sizes.batchMax;
  }

  private streamOf(owner: string): Stream<T> {
    const stream = this.streams[hashOf(owner) % this.streams.length];
    if (stream === undefined) throw new Error('There must be at least one stream.');
    return stream;
  }

  private throwFailure(): void {
    if (this.failure !== null) throw this.failure.error;
  }
}

/** FNV-1a, 32 bits: even enough to spread, and the same in every run. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}
