import { listNotices } from '@verbena/shared/notices/notices.routes.js';
import type { Notice } from '@verbena/shared/notices/notice.js';
import type { PushEnvelope } from '@verbena/shared/realtime/socket.js';
import { call } from '#lib/api/call.js';
import { CaughtUpStream } from '#lib/live/caught-up-stream.js';
import type { LiveConnection } from '#lib/live/live-connection.svelte.js';
import type { Bell } from '#ledger/bell.svelte.js';

/** Where the network went before it was counted. */
const RETRY_MS = 10_000;

type Counted = Pick<Bell, 'notices' | 'unreadNotices'>;

/**
 * What the member is told of others, in the bell: counted by the server, live by the stream `inbox`, and read anew whenever the bell is
 * opened. It comes with what makes the screens live.
 */
export class Inbox {
  readonly #connection: LiveConnection;
  readonly #program: string;
  readonly #bell: Counted;
  readonly #heard: (notice: Notice) => void;
  #stream: CaughtUpStream | undefined;
  /** The last number that is known of, and how far the member read on this device. */
  #last = 0;
  #read = 0;
  #opening: Promise<number> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** @param heard hears of each notice that comes live */
  constructor(connection: LiveConnection, program: string, bell: Counted, heard: (notice: Notice) => void) {
    this.#connection = connection;
    this.#program = program;
    this.#bell = bell;
    this.#heard = heard;
  }

  /** Counts what is new, and follows what comes from there on. */
  async begin(): Promise<void> {
    const q = await this.#count().catch(() => undefined);
    if (this.#closed) return;
    if (q === undefined) {
      this.#retry = setTimeout(() => void this.begin(), RETRY_MS);
      return;
    }
    this.#stream = new CaughtUpStream(this.#connection, 'inbox', q, {
      apply: (push) => this.#apply(push),
      reset: () => void this.#count().catch(() => undefined),
      opened: ({ read }) => {
        // Opened while the connection was away: the server is told now.
        if (read < this.#read) void this.#stream?.read(this.#read);
        this.#readUpTo(read);
      },
      seenElsewhere: () => undefined,
      readElsewhere: (read) => this.#readUpTo(read),
    });
  }

  /** Its member is not here any more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
  }

  /** Lists them, and has all of them read from now on, on all devices. Resolves with how far they had been read. */
  open(): Promise<number> {
    this.#opening ??= this.#list().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #list(): Promise<number> {
    const known = this.#last;
    const { q, read, items } = await call(listNotices, { params: { program: this.#program } });
    this.#last = Math.max(this.#last, q);
    this.#read = q;
    this.#bell.notices = items;
    if (this.#last === q) this.#bell.unreadNotices = 0;
    // Not waited for: what is listed and what of it is new show together.
    if (q > read) void this.#stream?.read(q);
    // What was pushed while it was asked for is not among what was answered.
    if (this.#last > Math.max(known, q)) await this.#list();
    return read;
  }

  async #count(): Promise<number> {
    const query = { limit: '0' };
    const { q, unread } = await call(listNotices, { params: { program: this.#program }, query });
    this.#last = Math.max(this.#last, q);
    this.#bell.unreadNotices = unread;
    return q;
  }

  #apply({ q, name, data }: PushEnvelope): void {
    this.#last = Math.max(this.#last, q);
    if (name !== 'notice.added') return;
    this.#bell.unreadNotices = data.unread;
    this.#heard(data.notice);
  }

  #readUpTo(q: number): void {
    if (q >= this.#last) this.#bell.unreadNotices = 0;
  }
}
