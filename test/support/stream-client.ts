import {
  type Ack,
  type ClientToServer,
  PushEnvelope,
  type ServerToClient,
  type SocketRefusal,
  type StreamName,
  StreamOpened,
  StreamSeenAnswer,
} from '@verbena/shared/realtime/socket.js';
import { io, type Socket } from 'socket.io-client';
import * as z from 'zod/mini';
import { eventually } from './eventually.js';

const ANSWER_MS = 10_000;

/** How a command was refused. */
export class SocketRefused extends Error {
  constructor(readonly refusal: SocketRefusal) {
    super(refusal.code);
  }
}

/**
 * One device of a member: follows one stream as the protocol says, `me` unless said. What it applied stands in `applied`, in order; what came
 * twice is dropped, what came early is held until the gap before it is fetched.
 */
export class StreamClient {
  readonly applied: PushEnvelope[] = [];
  /** Every frame as it came, doubles included. */
  readonly received: PushEnvelope[] = [];
  readonly seenElsewhere: number[] = [];
  readonly readElsewhere: number[] = [];
  readonly endings: string[] = [];
  cur: number;
  private held: PushEnvelope[] = [];
  private fetching: Promise<void> | null = null;

  private constructor(
    readonly socket: Socket<ServerToClient, ClientToServer>,
    since: number,
    readonly stream: StreamName,
  ) {
    this.cur = since;
    socket.on('push', (push) => {
      this.received.push(z.parse(PushEnvelope, push));
      if (push.stream === this.stream) this.take(push);
    });
    socket.on('stream.seen', ({ q }) => this.seenElsewhere.push(q));
    socket.on('stream.read', ({ q }) => this.readElsewhere.push(q));
    socket.on('session.ended', ({ code }) => this.endings.push(code));
  }

  /** Connects; rejects with the server's code where the handshake is refused. */
  static async connect(
    url: string,
    token: string,
    program: string,
    since = 0,
    stream: StreamName = 'me',
  ): Promise<StreamClient> {
    const socket: Socket<ServerToClient, ClientToServer> = io(url, {
      auth: { token, program },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    const client = new StreamClient(socket, since, stream);
    await connected(socket);
    return client;
  }

  /** Opens the stream since the cursor, and fetches until nothing is missing. */
  async open(): Promise<StreamOpened> {
    const opened = await this.ask<unknown>((ack) =>
      this.socket.emit('stream.open', { stream: this.stream, since: this.cur }, ack as Ack<StreamOpened>),
    );
    const checked = z.parse(StreamOpened, opened);
    if (checked.reset === true) this.cur = checked.head;
    for (const push of checked.pushes) this.apply(push);
    if (checked.pushes.length === 0) this.cur = Math.max(this.cur, checked.head);
    this.drain();
    return checked;
  }

  async seen(q: number): Promise<StreamSeenAnswer> {
    return z.parse(
      StreamSeenAnswer,
      await this.ask<unknown>((ack) =>
        this.socket.emit('stream.seen', { stream: this.stream, q }, ack as Ack<StreamSeenAnswer>),
      ),
    );
  }

  /** Sends any command with any payload, also what the contract forbids. */
  command(name: string, payload: unknown): Promise<unknown> {
    return this.ask<unknown>((ack) => {
      const raw: { emit(name: string, ...args: unknown[]): unknown } = this.socket;
      raw.emit(name, payload, ack);
    });
  }

  /** The connection breaks without a word. */
  drop(): void {
    this.socket.disconnect();
  }

  /** The device returns, with the same token or a newer one. */
  async comeBack(token?: string): Promise<void> {
    if (token !== undefined) this.socket.auth = { ...this.socket.auth, token };
    this.socket.connect();
    await connected(this.socket);
  }

  async until(q: number, withinMs = 10_000): Promise<void> {
    await eventually(() => this.cur >= q, { withinMs, until: `the stream reaches ${q}; it stands at ${this.cur}` });
  }

  close(): void {
    this.socket.disconnect();
  }

  private take(push: PushEnvelope): void {
    if (push.q <= this.cur) return;
    this.held.push(push);
    this.drain();
    if (this.held.length > 0) {
      this.fetching ??= this.open()
        .then(() => undefined)
        .catch(() => undefined)
        .finally(() => {
          this.fetching = null;
        });
    }
  }

  private apply(push: PushEnvelope): void {
    if (push.q <= this.cur) return;
    this.applied.push(push);
    this.cur = push.q;
  }

  private drain(): void {
    this.held.sort((a, b) => a.q - b.q);
    for (let next = this.held[0]; next !== undefined && next.q <= this.cur + 1; next = this.held[0]) {
      this.held.shift();
      this.apply(next);
    }
  }

  private ask<T>(
    emit: (ack: (answer: { ok: true; data: T } | { ok: false; error: SocketRefusal }) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No answer within ${ANSWER_MS} ms.`)), ANSWER_MS);
      timer.unref();
      emit((answer) => {
        clearTimeout(timer);
        if (answer.ok) resolve(answer.data);
        else reject(new SocketRefused(answer.error));
      });
    });
  }
}

function connected(socket: Socket<ServerToClient, ClientToServer>): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', (error) => {
      socket.disconnect();
      const data = 'data' in error ? (error.data as SocketRefusal | undefined) : undefined;
      reject(data?.code === undefined ? error : new SocketRefused(data));
    });
  });
}
