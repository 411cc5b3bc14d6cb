import type { StreamPresent } from '@verbena/shared/realtime/socket.js';
import { CaughtUpStream } from '#lib/live/caught-up-stream.js';
import type { LiveConnection } from '#lib/live/live-connection.svelte.js';
import { typingShown } from '#lib/live/typing-shown.svelte.js';
import type { OpenThread } from './open-thread.js';
import { type NumberedChange, type ThreadWindow, withChange } from './thread-window.js';

/** Changes that may be newer than a reading that is under way. */
const RECENT_MAX = 300;
/** Whoever goes on writing says so this often. */
const TYPING_EVERY_MS = 3_000;

export interface LiveThreadScreen {
  /** Whether a post that comes now may be put on the screen: its reader is at the end and nothing that is read moves. */
  isAtEnd(): boolean;
  /** So many posts of others came that are not on the screen. */
  came(count: number): void;
  /** The thread is not for its reader any more. */
  closed(): void;
}

/** A thread on a screen as it goes on: what others write and change, who reads it now, who is writing. */
export class LiveThread {
  /** Numbers of posts of others that came and were not put on the screen. */
  news = $state.raw<readonly number[]>([]);
  present = $state.raw<Pick<StreamPresent, 'readers' | 'typing'>>({ readers: 0, typing: [] });
  readonly #connection: LiveConnection;
  readonly #open: OpenThread;
  readonly #stream: CaughtUpStream;
  readonly #name: `thread:${string}`;
  #recent: readonly NumberedChange[] = [];
  #saidAtMs = Number.NEGATIVE_INFINITY;

  constructor(connection: LiveConnection, open: OpenThread, since: number, screen: LiveThreadScreen) {
    this.#connection = connection;
    this.#open = open;
    open.settle = (read) => this.#settled(read);
    this.#name = `thread:${open.id}`;
    this.#stream = new CaughtUpStream(connection, this.#name, since, {
      apply: (push) => {
        const change = push.name === 'thread.changed' ? push.data : {};
        const { post } = change;
        const isNew = post !== undefined && post.number > (open.window?.thread.posts ?? 0);
        this.#apply({ q: push.q, change }, isNew && (post.author.isMe || screen.isAtEnd()));
        if (!isNew || post.author.isMe) return;
        const last = open.window?.posts.at(-1)?.number ?? 0;
        this.news = [...this.news, post.number].filter((number) => number > last);
        screen.came(this.news.length || 1);
      },
      reset: () => open.refresh(),
      closed: () => screen.closed(),
      present: ({ readers, typing }) => (this.present = { readers, typing }),
    });
  }

  /** Its reader is writing an answer. */
  type(): void {
    const nowMs = performance.now();
    if (!typingShown.isOn || nowMs - this.#saidAtMs < TYPING_EVERY_MS) return;
    this.#saidAtMs = nowMs;
    void this.#connection.ask((socket, ack) => socket.emit('stream.typing', { stream: this.#name }, ack));
  }

  close(): void {
    this.#stream.close();
    this.#open.settle = (read) => read;
  }

  /** @param appends whether a post that comes next is put on the screen */
  #apply(one: NumberedChange, appends: boolean): void {
    this.#recent = [...this.#recent.slice(1 - RECENT_MAX), one];
    const { window } = this.#open;
    if (window === undefined) return;
    const next = withChange(window, one, appends);
    this.#open.show(next);
    const { post } = one.change;
    const isHeld = post?.deletion != null && (post.author.isMe || next.thread.can.includes('moderate'));
    // Why something was taken away, and what may be done in another category, is not pushed.
    if (isHeld || next.thread.category !== window.thread.category) this.#open.refresh();
  }

  /** What was read, with what was pushed meanwhile; posts that were put on the screen since are not lost. */
  #settled(read: ThreadWindow): ThreadWindow {
    const last = this.#open.window?.posts.at(-1)?.number ?? 0;
    return this.#recent.reduce(
      (window, one) => withChange(window, one, (one.change.post?.number ?? Infinity) <= last),
      read,
    );
  }
}
