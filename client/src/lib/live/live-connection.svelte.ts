import type { Socket } from 'socket.io-client';
import type {
  Ack,
  ClientToServer,
  PushEnvelope,
  ServerToClient,
  StreamName,
  StreamPresent,
} from '@verbena/shared/realtime/socket.js';
import { freshToken, keepGrant } from '#lib/api/access-token.js';

/** A push that was lost without a disconnect is found this soon. */
const HEARTBEAT_MS = 60_000;
/** A short break is nobody's business. */
const OFFLINE_AFTER_MS = 5_000;
const ANSWER_MS = 10_000;

export type LiveSocket = Socket<ServerToClient, ClientToServer>;
export type Answer<Data> = Parameters<Ack<Data>>[0];

/** One stream on the connection, as its own protocol wants to be told what happens to it. */
export interface CarriedStream {
  /** The socket is (again) there, and nothing of this stream is open on it yet. */
  connected(): void;
  disconnected(): void;
  push(push: PushEnvelope): void;
  /** A minute is over, or the tab is seen again: time to ask whether something was lost. */
  check(): void;
  /** Another of the member's sockets has shown up to here. */
  seenElsewhere?(q: number): void;
  /** The member opened the bell on another socket: what it lists up to here is read. */
  readElsewhere?(q: number): void;
  /** The right to follow it was lost: nothing comes of it any more. */
  closed?(): void;
  present?(present: StreamPresent): void;
}

/**
 * The socket of one member in one tab: connects after the log-in, renews what it enters with, survives breaks. It carries
 * streams by name and knows nothing of their protocols.
 */
export class LiveConnection {
  /** True once the connection has been away for five seconds. */
  offline = $state(false);
  connected = $state(false);

  readonly #program: string;
  readonly #onSessionEnded: () => void;
  readonly #streams = new Map<StreamName, CarriedStream>();
  #socket: LiveSocket | undefined;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #tokenEnded = false;
  #closed = false;

  /** @param onSessionEnded the session cannot be renewed */
  constructor(program: string, onSessionEnded: () => void) {
    this.#program = program;
    this.#onSessionEnded = onSessionEnded;
  }

  /**
   * Tells `stream` from now on what happens to the stream of that name; where the socket is there already, at once.
   * @returns takes it off again, without asking the server to close it
   */
  carry(name: StreamName, stream: CarriedStream): () => void {
    this.#streams.set(name, stream);
    if (this.#socket?.connected) stream.connected();
    return () => {
      if (this.#streams.get(name) === stream) this.#streams.delete(name);
    };
  }

  async connect(): Promise<void> {
    // Loaded only now: who is not logged in never needs it.
    const { io } = await import('socket.io-client');
    if (this.#closed) return;
    const socket: LiveSocket = io({
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
      for (const stream of this.#streams.values()) stream.disconnected();
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
    socket.on('push', (push) => this.#streams.get(push.stream)?.push(push));
    socket.on('stream.seen', ({ stream, q }) => this.#streams.get(stream)?.seenElsewhere?.(q));
    socket.on('stream.read', ({ stream, q }) => this.#streams.get(stream)?.readElsewhere?.(q));
    socket.on('stream.closed', ({ stream }) => this.#streams.get(stream)?.closed?.());
    socket.on('stream.present', (present) => this.#streams.get(present.stream)?.present?.(present));
    socket.on('session.ended', () => {
      this.#tokenEnded = true;
      keepGrant(undefined);
    });
    this.#heartbeat = setInterval(() => this.#check(), HEARTBEAT_MS);
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

  /** Somebody logged in again over the open page: the streams go on where they stood. */
  resume(): void {
    this.#connectNow();
  }

  /** Resolves with the server's answer, or undefined where the connection broke or took too long. */
  ask<Data>(emit: (socket: LiveSocket, ack: Ack<Data>) => void): Promise<Answer<Data> | undefined> {
    return new Promise((resolve) => {
      const socket = this.#socket;
      if (!socket?.connected) {
        resolve(undefined);
        return;
      }
      const settle = (answer: Answer<Data> | undefined) => {
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

  #onConnect(): void {
    this.connected = true;
    this.offline = false;
    this.#tokenEnded = false;
    clearTimeout(this.#offlineTimer);
    this.#offlineTimer = undefined;
    for (const stream of this.#streams.values()) stream.connected();
  }

  #check(): void {
    if (!this.#socket?.connected) return;
    for (const stream of this.#streams.values()) stream.check();
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
    if (this.#socket?.connected) this.#check();
    else this.#connectNow();
  };

  /** Without waiting for the turn of the next attempt: something happened that makes one worth while. */
  #connectNow(): void {
    // A socket that is waiting for its turn ignores `connect`; one that was let go begins anew.
    if (this.#socket?.connected === false) this.#socket.disconnect().connect();
  }

  async #comeBack(waitMs: number): Promise<void> {
    try {
      await freshToken();
    } catch (failure) {
      if (failure instanceof Error && 'status' in failure && failure.status === 401) {
        this.#onSessionEnded();
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
