import { markThreadRead } from '@verbena/shared/forums/threads.routes.js';
import { call } from '#lib/api/call.js';
import { isAttended, onAttention } from './attention.js';
import type { OpenThread } from './open-thread.js';

/** So long the end of a post is on the screen until it was read. */
const DWELL_MS = 1_000;
/** What was read is told at most this often. */
const TELL_MS = 2_000;

/**
 * How far the posts of a thread were read: up to the last one whose end was on the screen for a moment, while somebody looked. Tells it
 * now and then and when the page is left; what did not arrive is told with what comes next.
 */
export class ReadingMark {
  #read: number;
  #told: number;
  readonly #onScreen = new Set<number>();
  readonly #dwelling = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #numbers = new WeakMap<Element, number>();
  readonly #observer: IntersectionObserver;
  readonly #stopListening: () => void;
  #isClosed = false;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /** @param number how far was read before */
  constructor(
    private readonly open: OpenThread,
    number: number,
  ) {
    this.#read = this.#told = number;
    this.#observer = new IntersectionObserver((entries) => this.#look(entries));
    this.#stopListening = onAttention((attended) => {
      for (const one of this.#onScreen) {
        if (attended) this.#dwell(one);
        else this.#interrupt(one);
      }
      void this.#tellNow();
    });
    addEventListener('pagehide', this.#onLeave);
  }

  get number(): number {
    return this.#read;
  }

  /** @param end what stands where the post ends. @returns the post is gone */
  watch(number: number, end: Element): () => void {
    this.#numbers.set(end, number);
    this.#observer.observe(end);
    return () => {
      this.#observer.unobserve(end);
      this.#onScreen.delete(number);
      this.#interrupt(number);
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#observer.disconnect();
    this.#stopListening();
    removeEventListener('pagehide', this.#onLeave);
    for (const number of this.#dwelling.keys()) this.#interrupt(number);
    void this.#tellNow();
  }

  #look(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const number = this.#numbers.get(target) ?? 0;
      if (isIntersecting) {
        this.#onScreen.add(number);
        if (isAttended()) this.#dwell(number);
      } else {
        this.#onScreen.delete(number);
        this.#interrupt(number);
      }
    }
  }

  #dwell(number: number): void {
    if (number <= this.#read || this.#dwelling.has(number)) return;
    this.#dwelling.set(
      number,
      setTimeout(() => {
        this.#dwelling.delete(number);
        this.#read = Math.max(this.#read, number);
        this.#telling ??= setTimeout(() => void this.#tellNow(), TELL_MS);
      }, DWELL_MS),
    );
  }

  #interrupt(number: number): void {
    clearTimeout(this.#dwelling.get(number));
    this.#dwelling.delete(number);
  }

  readonly #onLeave = (): void => void this.#tellNow();

  async #tellNow(): Promise<void> {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#read <= this.#told) return;
    try {
      const params = { program: this.open.program, thread: this.open.id };
      const { number } = await call(markThreadRead, { params, body: { number: this.#read }, keepalive: true });
      this.#told = Math.max(this.#told, number);
      this.open.hasRead(number);
      // Lists may have been asked for before this was known.
      if (this.#isClosed) this.open.refreshLists();
    } catch {
      // It is told again with what is read next, or when somebody turns to the page again.
    }
  }
}
