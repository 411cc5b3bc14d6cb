import type { PushEnvelope, StreamName, StreamOpened } from '@verbena/shared/realtime/socket.js';
import { beginFollowing, NOT_FOLLOWING, receiveFollowed } from './follow-reducer.js';
import type { CarriedStream, LiveConnection } from './live-connection.svelte.js';

export interface FollowedStreamListener {
  /** Once a push, in order, with nothing missing since the last reading. */
  apply(push: PushEnvelope): void;
  /** Opened, opened again, something was lost, or it is time to look: read the whole. */
  readAnew(): void;
  /** Whether changes arrive by themselves now. */
  live(isLive: boolean): void;
  /** The right to follow it was lost. */
  closed?(): void;
}

/** A stream beside `me`, for as long as a page looks at it. Nothing of it is kept anywhere: what is lost is read anew. */
export class FollowedStream implements CarriedStream {
  readonly #connection: LiveConnection;
  readonly #name: StreamName;
  readonly #listener: FollowedStreamListener;
  readonly #letGo: () => void;
  #state = NOT_FOLLOWING;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(connection: LiveConnection, name: StreamName, listener: FollowedStreamListener) {
    this.#connection = connection;
    this.#name = name;
    this.#listener = listener;
    this.#letGo = connection.carry(name, this);
  }

  connected(): void {
    void this.#open();
  }

  disconnected(): void {
    this.#state = NOT_FOLLOWING;
    this.#listener.live(false);
  }

  push(push: PushEnvelope): void {
    const step = receiveFollowed(this.#state, push.q);
    this.#state = step.state;
    if (step.apply) this.#listener.apply(push);
    if (step.readAnew) this.#listener.readAnew();
  }

  closed(): void {
    this.#listener.closed?.();
  }

  check(): void {
    if (this.#state.cur === undefined) void this.#open();
    else this.#listener.readAnew();
  }

  /** The page is left, or paused. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#letGo();
    this.#listener.live(false);
    void this.#connection.ask((socket, ack) => socket.emit('stream.close', { stream: this.#name }, ack));
  }

  async #open(): Promise<void> {
    clearTimeout(this.#retry);
    this.#state = NOT_FOLLOWING;
    const answer = await this.#connection.ask<StreamOpened>((socket, ack) =>
      socket.emit('stream.open', { stream: this.#name }, ack),
    );
    if (this.#closed) return;
    if (answer?.ok !== true) {
      // Not now: the next connection or minute asks again, or we do when we were told how long to wait.
      const retryMs = answer?.error.retryMs;
      if (retryMs !== undefined) this.#retry = setTimeout(() => this.check(), retryMs);
      return;
    }
    this.#state = beginFollowing(this.#state, answer.data.head).state;
    this.#listener.live(true);
    this.#listener.readAnew();
  }
}
