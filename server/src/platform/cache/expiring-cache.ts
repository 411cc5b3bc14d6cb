interface Remembered<V> {
  readonly value: Promise<V>;
  readonly untilMs: number;
}

/**
 * Remembers answers for a moment: what was read at `t` is read again after `ttlMs`, so a right that was taken away
 * elsewhere is gone here within that time. Askers of one key share one read; a read that failed is not remembered.
 */
export class ExpiringCache<V> {
  private readonly entries = new Map<string, Remembered<V>>();

  constructor(
    private readonly ttlMs: number,
    private readonly entriesMax: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  get(key: string, read: () => Promise<V>): Promise<V> {
    const known = this.entries.get(key);
    if (known !== undefined && known.untilMs > this.nowMs()) return known.value;
    this.entries.delete(key);
    this.makeRoom();
    const entry: Remembered<V> = { value: read(), untilMs: this.nowMs() + this.ttlMs };
    this.entries.set(key, entry);
    entry.value.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    return entry.value;
  }

  /** Whoever asks from now on reads anew; a read that is under way no longer counts. */
  forget(key: string): void {
    this.entries.delete(key);
  }

  /** A Map keeps the order of insertion, which is the order of expiry, so the first is the oldest. */
  private makeRoom(): void {
    for (const oldest of this.entries.keys()) {
      if (this.entries.size < this.entriesMax) return;
      this.entries.delete(oldest);
    }
  }
}
