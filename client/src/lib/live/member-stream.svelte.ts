import type { Socket } from 'socket.io-client';
import type {
  Ack,
  ClientToServer,
  PushEnvelope,
  ServerToClient,
  StreamOpened,
  StreamSeenAnswer,
} from '@verbena/shared/realtime/socket.js';
import { freshToken, keepGrant } from '#lib/api/access-token.js';
import { abandonCatchUp, beginCatchUp, receiveCatchUp, receivePush, startStream } from './stream-reducer.js';
import type { StreamState, StreamStep } from './stream-reducer.js';

/** A push that was lost without a disconnect is found this soon. */
const HEARTBEAT_MS = 60_000;
/** A short break is nobody's business. */
const OFFLINE_AFTER_MS = 5_000;
const ANSWER_MS = 10_000;

export interface MemberStreamListener {
  /** Once a push, in order. */
  apply(push: PushEnvelope): void;
  /** What was read before can no longer be patched. */
  reset(): void;
  /** The stream was opened (again): how far any of the member's devices has shown. */
  opened(seen: number, isFirst: boolean): void;
  /** Another of the member's sockets has shown up to here. */
  seenElsewhere(q: number): void;
  /** The session cannot be renewed. */
  sessionEnded(): void;
}

/**
 * The stream `me` of one member in one tab: connects after the log-in, catches up by cursor, survives breaks. The protocol is
 * the reducer's; this class only carries it over Socket.IO.
 */
export class MemberStream {
  /** True once the connection has been away for five seconds. */
  offline = $state(false);
  connected = $state(false);

  readonly #program: string;
  readonly #listener: MemberStreamListener;
  #stream: StreamState<PushEnvelope>;
  #socket: Socket<ServerToClient, ClientToServer> | undefined;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #openedOnce = false;
  #tokenEnded = false;
  #closed = false;

  /** @param since the `seq` at which the member's state was read */
  constructor(program: string, since: number, listener: MemberStreamListener) {
    this.#program = program;
    this.#listener = listener;
    this.#stream = startStream(since);
  }

  async connect(): Promise<void> {
    // Loaded only now: who is not logged in never needs it.
    const { io } = await import('socket.io-client');
    if (this.#closed) return;
    const socket: Socket<ServerToClient, ClientToServer> = io({
      reconnectionDelay: spreadMs(),
      reconnectionDelayMax: 30_000,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      auth: (send) => {
        freshToken()
          .catch(() => '')
          .then((token) => send({ token, program: this.#program }))
          .catch(() => undefined);
      },
    });
    this.#socket = socket;
    this.#watchForOffline();
    socket.on('connect', () => this.#onConnect());
    socket.on('disconnect', (reason) => {
      this.connected = false;
      this.#stream = abandonCatchUp(this.#stream);
      this.#watchForOffline();
      // The server closed it (a token that ended): Socket.IO leaves the return to us.
      if (reason === 'io server disconnect') void this.#comeBack(this.#tokenEnded ? 0 : spreadMs());
    });
    socket.on('connect_error', ({ message }) => {
      this.#watchForOffline();
      // The server knows better than our clock whether the token is good.
      if (message.startsWith('auth.')) keepGrant(undefined);
      if (!socket.active) void this.#comeBack(spreadMs());
    });
    socket.on('push', (push) => this.#take(receivePush(this.#stream, push)));
    socket.on('stream.seen', ({ q }) => this.#listener.seenElsewhere(q));
    socket.on('session.ended', () => {
      this.#tokenEnded = true;
      keepGrant(undefined);
    });
    this.#heartbeat = setInterval(() => this.catchUp(), HEARTBEAT_MS);
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#offlineTimer);
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    document.removeEventListener('visibilitychange', this.#onVisible);
    this.#socket?.disconnect();
    this.#socket = undefined;
  }

  /** Asks for everything since the cursor: at each connection, each minute, when the tab is seen again. */
  catchUp(): void {
    if (!this.#socket?.connected || this.#stream.catchingUp) return;
    this.#take(beginCatchUp(this.#stream));
  }

  /**
   * Says that this tab is about to show everything up to `q`.
   * @returns how far had been seen before, or undefined where the server could not be asked.
   */
  async claim(q: number): Promise<number | undefined> {
    const answer = await this.#ask<StreamSeenAnswer>((socket, ack) =>
      socket.emit('stream.seen', { stream: 'me', q }, ack),
    );
    return answer?.ok === true ? answer.data.before : undefined;
  }

  #onConnect(): void {
    this.connected = true;
    this.offline = false;
    this.#tokenEnded = false;
    clearTimeout(this.#offlineTimer);
    this.#offlineTimer = undefined;
    this.catchUp();
  }

  readonly #onOnline = (): void => {
    this.#connectNow();
  };

  readonly #onOffline = (): void => {
    // Socket.IO does this by itself except for a server on the same machine, where the banner has to be true as well.
    this.#socket?.io.engine.close();
  };

  readonly #onVisible = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (this.#socket?.connected) this.catchUp();
    else this.#connectNow();
  };

  /** Somebody logged in again over the open page: the stream goes on where it stood. */
  resume(): void {
    this.#connectNow();
  }

  /** Without waiting for the turn of the next attempt: something happened that makes one worth while. */
  #connectNow(): void {
    // A socket that is waiting for its turn ignores `connect`; one that was let go begins anew.
    if (this.#socket?.connected === false) this.#socket.disconnect().connect();
  }

  #take(step: StreamStep<PushEnvelope>): void {
    this.#stream = step.state;
    if (step.reset) this.#listener.reset();
    for (const push of step.apply) this.#listener.apply(push);
    if (step.fetchSince !== undefined) void this.#open(step.fetchSince);
  }

  async #open(since: number | undefined): Promise<void> {
    const answer = await this.#ask<StreamOpened>((socket, ack) =>
      socket.emit('stream.open', { stream: 'me', ...(since === undefined ? {} : { since }) }, ack),
    );
    if (answer?.ok !== true) {
      // The server restored an older journal: without a cursor it answers its head, and that is a reset.
      if (answer?.error.code === 'stream.cursorAhead' && since !== undefined) return this.#open(undefined);
      // Not now. The next connection, heartbeat or push asks again, or we do when we were told how long to wait.
      this.#stream = abandonCatchUp(this.#stream);
      const retryMs = answer?.error.retryMs;
      if (retryMs !== undefined) setTimeout(() => this.catchUp(), retryMs);
      return;
    }
    this.#take(receiveCatchUp(this.#stream, answer.data));
    if (!this.#stream.catchingUp) {
      this.#listener.opened(answer.data.seen, !this.#openedOnce);
      this.#openedOnce = true;
    }
  }

  /** Resolves with the server's answer, or undefined where the connection broke or took too long. */
  #ask<Data>(
    emit: (socket: Socket<ServerToClient, ClientToServer>, ack: Ack<Data>) => void,
  ): Promise<Parameters<Ack<Data>>[0] | undefined> {
    return new Promise((resolve) => {
      const socket = this.#socket;
      if (!socket?.connected) {
        resolve(undefined);
        return;
      }
      const settle = (answer: Parameters<Ack<Data>>[0] | undefined) => {
        clearTimeout(timer);
        socket.off('disconnect', onDisconnect);
        resolve(answer);
      };
      const onDisconnect = () => settle(undefined);
      const timer = setTimeout(onDisconnect, ANSWER_MS);
      socket.once('disconnect', onDisconnect);
      emit(socket, settle);
    });
  }

  async #comeBack(waitMs: number): Promise<void> {
    try {
      await freshToken();
    } catch (failure) {
      if (failure instanceof Error && 'status' in failure && failure.status === 401) {
        this.#listener.sessionEnded();
        return;
      }
    }
    setTimeout(() => {
      if (!this.#closed) this.#socket?.connect();
    }, waitMs);
  }

  #watchForOffline(): void {
    this.#offlineTimer ??= setTimeout(() => {
      this.#offlineTimer = undefined;
      if (!this.connected && !this.#closed) this.offline = true;
    }, OFFLINE_AFTER_MS);
  }
}

/** Somewhere between one and five seconds, so that a restarted server is not met by all at once. */
function spreadMs(): number {
  return 1_000 + Math.random() * 4_000;
}
