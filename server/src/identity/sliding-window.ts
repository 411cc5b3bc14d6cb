import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';

/** So many a window, counted over the window that ends now. */
export interface RateRule {
  readonly name: string;
  readonly max: number;
  readonly windowMs: number;
  /** What is said to whom it keeps out, where `rate.exceeded` would not tell what to do. */
  readonly code?: ErrorCode;
}

/**
 * A sliding window made of two fixed ones: what the former window counted fades out as the present one goes on. It
 * needs two numbers, and fixed windows can be added up across nodes. (The method of Cloudflare's limiter.)
 */
export class SlidingWindow {
  private index = Number.NEGATIVE_INFINITY;
  private former = 0;
  private present = 0;

  constructor(readonly rule: RateRule) {}

  /** The number of the fixed window at a moment; the same on every node. */
  indexAt(nowMs: number): number {
    return Math.floor(nowMs / this.rule.windowMs);
  }

  add(nowMs: number, count: number): void {
    this.roll(nowMs);
    this.present = Math.max(0, this.present + count);
  }

  /** Takes over what all nodes together have counted. */
  adopt(nowMs: number, counts: { readonly former: number; readonly present: number }): void {
    this.roll(nowMs);
    this.former = counts.former;
    this.present = counts.present;
  }

  /** Seconds to wait until one more is allowed, rounded up; 0 when it is allowed now. */
  secondsToWait(nowMs: number): number {
    this.roll(nowMs);
    const { max, windowMs } = this.rule;
    const elapsed = nowMs - this.index * windowMs;
    if (this.fades(elapsed / windowMs) + this.present + 1 <= max) return 0;
    // As long as the present window alone is full nothing helps but the next, in which it fades in its turn.
    const isFull = this.present + 1 > max;
    const [fading, room] = isFull ? [this.present, max - 1] : [this.former, max - 1 - this.present];
    const share = Math.min(1, Math.max(0, 1 - room / fading));
    const freeAtMs = (isFull ? windowMs : 0) + share * windowMs;
    return Math.max(1, Math.ceil((freeAtMs - elapsed) / 1_000));
  }

  /** How many are left now, and the seconds until the window that counts them is over. */
  stand(nowMs: number): { left: number; seconds: number } {
    this.roll(nowMs);
    const { max, windowMs } = this.rule;
    const elapsed = nowMs - this.index * windowMs;
    const left = Math.floor(max - this.fades(elapsed / windowMs) - this.present);
    return { left: Math.max(0, left), seconds: Math.ceil((windowMs - elapsed) / 1_000) };
  }

  /** Whether nothing that it counted matters any more. */
  isOver(nowMs: number): boolean {
    return this.indexAt(nowMs) > this.index + 1;
  }

  private fades(share: number): number {
    return this.former * (1 - share);
  }

  private roll(nowMs: number): void {
    const index = this.indexAt(nowMs);
    if (index === this.index) return;
    this.former = index === this.index + 1 ? this.present : 0;
    this.present = 0;
    this.index = index;
  }
}
