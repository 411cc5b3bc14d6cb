/** How many at once, and how many a second from then on. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** A token bucket: full at first, it takes one token a command and fills again with time. */
export class TokenBucket {
  private tokens: number;

  constructor(
    private readonly size: BucketSize,
    private atMs: number,
  ) {
    this.tokens = size.burst;
  }

  /** Takes a token; 0 when there was one, else the milliseconds until there is. */
  take(nowMs: number): number {
    this.fill(nowMs);
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.tokens) / this.size.perSecond) * 1_000);
  }

  /** Full again: forgetting it changes nothing. */
  isFull(nowMs: number): boolean {
    this.fill(nowMs);
    return this.tokens >= this.size.burst;
  }

  private fill(nowMs: number): void {
    const seconds = Math.max(0, nowMs - this.atMs) / 1_000;
    this.tokens = Math.min(this.size.burst, this.tokens + seconds * this.size.perSecond);
    this.atMs = Math.max(this.atMs, nowMs);
  }
}

/** A bucket for each of many, forgotten when it is full again. One that leaves and returns finds its own. */
export class TokenBuckets {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly size: BucketSize) {}

  take(owner: string, nowMs: number): number {
    let bucket = this.buckets.get(owner);
    if (bucket === undefined) {
      bucket = new TokenBucket(this.size, nowMs);
      this.buckets.set(owner, bucket);
    }
    return bucket.take(nowMs);
  }

  forgetFull(nowMs: number): void {
    for (const [owner, bucket] of this.buckets) if (bucket.isFull(nowMs)) this.buckets.delete(owner);
  }

  get count(): number {
    return this.buckets.size;
  }
}
