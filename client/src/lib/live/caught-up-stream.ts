import type {
  PushEnvelope,
  StreamName,
  StreamOpened,
  StreamPresent,
  StreamSeenAnswer,
} from '@verbena/shared/realtime/socket.js';
import type { CarriedStream, LiveConnection } from './live-connection.svelte.js';
import { abandonCatchUp, beginCatchUp, receiveCatchUp, receivePush, startStream } from './stream-reducer.js';
import type { StreamState, StreamStep } from './stream-reducer.js';

export interface CaughtUpListener {
  /** Once a push, in order. */
  apply(push: PushEnvelope): void;
  /** What was read before can no longer be patched. */
  reset(): void;
  /** The stream was opened (again): how far any of the member's devices has shown, and how far the bell was read. */
  opened?(upTo: { readonly seen: number; readonly read: number }, isFirst: boolean): void;
  /** Another of the member's sockets has shown up to here. */
  seenElsewhere?(q: number): void;
  /** The bell was opened on another socket, up to here. */
  readElsewhere?(q: number): void;
  /** The right to follow it was lost, or it is not there any more. */
  closed?(): void;
  /** Who is there now. */
  present?(present: StreamPresent): void;
}

/**
 * A stream whose past can be read, on its connection: nothing is lost and nothing comes twice, by cursor and catch-up. The
 * protocol is the reducer's; this class only carries it over the connection.
 */
export class CaughtUpStream implements CarriedStream {
  readonly #connection: LiveConnection;
  readonly #name: StreamName;
  readonly #listener: CaughtUpListener;
  readonly #letGo: () => void;
  #stream: StreamState<PushEnvelope>;
  #openedOnce = false;
  #closed = false;

  /** @param since the number at which the state was read that pushes are applied to */
  constructor(connection: LiveConnection, name: StreamName, since: number, listener: CaughtUpListener) {
    this.#connection = connection;
    this.#name = name;
    this.#listener = listener;
    this.#stream = startStream(since);
    this.#letGo = connection.carry(name, this);
  }

  connected(): void {
    this.check();
  }

  disconnected(): void {
    this.#stream = abandonCatchUp(this.#stream);
  }

  push(push: PushEnvelope): void {
    this.#take(receivePush(this.#stream, push));
  }

  seenElsewhere(q: number): void {
    this.#listener.seenElsewhere?.(q);
  }

  readElsewhere(q: number): void {
    this.#listener.readElsewhere?.(q);
  }

  closed(): void {
    this.#listener.closed?.();
  }

  present(present: StreamPresent): void {
    this.#listener.present?.(present);
  }

  /** The page is left. */
  close(): void {
    this.#closed = true;
    this.#letGo();
    void this.#connection.ask((socket, ack) => socket.emit('stream.close', { stream: this.#name }, ack));
  }

  /** Asks for everything since the cursor: at each connection, each minute, when the tab is seen again. */
  check(): void {
    if (!this.#connection.connected || this.#stream.catchingUp) return;
    this.#take(beginCatchUp(this.#stream));
  }

  /**
   * Says that this tab is about to show everything up to `q`.
   * @returns how far had been seen before, or undefined where the server could not be asked.
   */
  async claim(q: number): Promise<number | undefined> {
    const answer = await this.#connection.ask<StreamSeenAnswer>((socket, ack) =>
      socket.emit('stream.seen', { stream: this.#name, q }, ack),
    );
    return answer?.ok === true ? answer.data.before : undefined;
  }

  /** Says that the member has read what the bell lists up to `q`; where that does not arrive, it is said again with the next. */
  async read(q: number): Promise<void> {
    const stream = this.#name;
    // Only of these is it kept how far they were read.
    if (stream !== 'me' && stream !== 'inbox') return;
    await this.#connection.ask<{ read: number }>((socket, ack) => socket.emit('stream.read', { stream, q }, ack));
  }

  #take(step: StreamStep<PushEnvelope>): void {
    this.#stream = step.state;
    if (step.reset) this.#listener.reset();
    for (const push of step.apply) this.#listener.apply(push);
    if (step.fetchSince !== undefined) void this.#open(step.fetchSince);
  }

  async #open(since: number | undefined): Promise<void> {
    const answer = await this.#connection.ask<StreamOpened>((socket, ack) =>
      socket.emit('stream.open', { stream: this.#name, ...(since === undefined ? {} : { since }) }, ack),
    );
    if (this.#closed) return;
    if (answer?.ok !== true) {
      if (answer?.error.code === 'stream.unknown') return this.closed();
      // The server restored an older journal: without a cursor it answers its head, and that is a reset.
      if (answer?.error.code === 'stream.cursorAhead' && since !== undefined) return this.#open(undefined);
      // Not now. The next connection, heartbeat or push asks again, or we do when we were told how long to wait.
      this.#stream = abandonCatchUp(this.#stream);
      const retryMs = answer?.error.retryMs;
      if (retryMs !== undefined) setTimeout(() => this.check(), retryMs);
      return;
    }
    this.#take(receiveCatchUp(this.#stream, answer.data));
    if (!this.#stream.catchingUp) {
      this.#listener.opened?.(answer.data, !this.#openedOnce);
      this.#openedOnce = true;
    }
  }
}
