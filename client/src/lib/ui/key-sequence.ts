/** After `g`, the second key comes within this span. */
const SECOND_KEY_MS = 1_500;

/** What of a key press decides; a `KeyboardEvent` is one. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
}

/** Reads keys one after the other: `?` alone, or `g` and then one more. */
export class KeySequence {
  #gAtMs = Number.NEGATIVE_INFINITY;

  /** @returns `?`, or the two keys together (`gm`); undefined where they mean nothing, or not yet. */
  read(press: KeyPress, nowMs: number): string | undefined {
    if (press.ctrlKey || press.altKey || press.metaKey || press.repeat) return undefined;
    const key = press.key.toLowerCase();
    // Shift itself arrives before the `?` that it makes.
    if (key === 'shift') return undefined;
    const isSecond = nowMs - this.#gAtMs <= SECOND_KEY_MS;
    this.#gAtMs = Number.NEGATIVE_INFINITY;
    if (key === '?') return '?';
    if (isSecond) return `g${key}`;
    if (key === 'g') this.#gAtMs = nowMs;
    return undefined;
  }
}
