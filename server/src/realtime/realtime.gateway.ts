import { Logger, type OnModuleDestroy } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import {
  type ClientToServer,
  Handshake,
  type SocketRefusal,
  StreamClose,
  StreamOpen,
  type StreamOpened,
  StreamRead,
  StreamSeen,
  type StreamSeenAnswer,
  StreamTyping,
} from '@verbena/shared/realtime/socket.js';
import * as z from 'zod/mini';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { refusalOf } from '#platform/http/problem.filter.js';
import { Connection, type VerbenaServer, type VerbenaSocket } from './connection.js';
import { PresenceService } from './presence.service.js';
import { RealtimePorts } from './realtime-ports.js';
import { RealtimeService } from './realtime.service.js';
import { SocketSweep } from './socket-sweep.js';
import { StreamsService } from './streams.service.js';
import { TokenBuckets } from './token-bucket.js';

/** What a member may ask over all of its sockets. A screen opens one stream and notes what it shows. */
const COMMANDS = { burst: 60, perSecond: 10 };
const COMMAND_NAMES: ReadonlySet<string> = new Set<keyof ClientToServer>([
  'stream.open',
  'stream.seen',
  'stream.read',
  'stream.close',
  'stream.typing',
]);
const SOCKETS_PER_MEMBER_MAX = 32;
/** So often a connection may show who it is; then it has to make another one, and connections are counted. */
const ADMISSIONS_MAX = 3;
const SWEEP_MS = 1_000;
/** A shutdown waits so long for commands that are under way. */
const FINISH_MS = 2_000;

type Answer<T> = { ok: true; data: T } | { ok: false; error: SocketRefusal };

/** The door for sockets: who may come in, what they may ask, and when they must go. */
@WebSocketGateway()
export class RealtimeGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect, OnModuleDestroy {
  private readonly logger = new Logger('Sockets');
  private readonly commands = new TokenBuckets(COMMANDS);
  private endBeats: readonly (() => void)[] = [];
  private readonly admissions = new WeakMap<object, number>();
  private underWay = 0;
  private isClosing = false;

  constructor(
    private readonly clock: Clock,
    private readonly ports: RealtimePorts,
    private readonly realtime: RealtimeService,
    private readonly streams: StreamsService,
    private readonly sweep: SocketSweep,
    private readonly presence: PresenceService,
  ) {}

  afterInit(server: VerbenaServer): void {
    // Nest's guards do not run when a socket connects, so whoever is unknown is stopped before there is one.
    server.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => {
          next(Object.assign(new Error(refusalOf(error).code), { data: this.describe(error) }));
          // The refusal goes out first.
          if ((this.admissions.get(socket.conn) ?? 0) >= ADMISSIONS_MAX) setImmediate(() => socket.conn.close());
        },
      );
    });
    this.endBeats = [
      this.clock.every(SWEEP_MS, () => {
        this.commands.forgetFull(performance.now());
        // Tokens end and slow clients go also while it is asked about sessions.
        void this.sweep.run();
      }),
      this.clock.every(SWEEP_MS, () => this.presence.tell()),
    ];
  }

  handleConnection(socket: VerbenaSocket): void {
    const { subject } = socket.data;
    if (subject === undefined) {
      socket.disconnect(true);
      return;
    }
    const connection = new Connection(socket, subject);
    socket.data.connection = connection;
    this.realtime.add(connection);
    // The handshake's token and request are not needed again; each would be kept as long as the socket.
    socket.handshake.auth = {};
    Object.assign(socket.conn, { request: null });
    socket.use(([name, ...rest], next) => {
      if (COMMAND_NAMES.has(name)) return next();
      const ack: unknown = rest.at(-1);
      if (typeof ack === 'function') ack({ ok: false, error: this.describe(new Refusal('route.notFound')) });
    });
  }

  handleDisconnect(socket: VerbenaSocket): void {
    const { connection } = socket.data;
    if (connection !== undefined) this.realtime.remove(connection);
  }

  @SubscribeMessage('stream.open')
  open(@ConnectedSocket() socket: VerbenaSocket, @MessageBody() body: unknown): Promise<Answer<StreamOpened>> {
    return this.answer(socket, StreamOpen, body, (connection, command) => this.streams.open(connection, command));
  }

  @SubscribeMessage('stream.seen')
  seen(@ConnectedSocket() socket: VerbenaSocket, @MessageBody() body: unknown): Promise<Answer<StreamSeenAnswer>> {
    return this.answer(socket, StreamSeen, body, (connection, command) => this.streams.seen(connection, command));
  }

  @SubscribeMessage('stream.read')
  read(@ConnectedSocket() socket: VerbenaSocket, @MessageBody() body: unknown): Promise<Answer<{ read: number }>> {
    return this.answer(socket, StreamRead, body, (connection, command) => this.streams.read(connection, command));
  }

  @SubscribeMessage('stream.close')
  close(@ConnectedSocket() socket: VerbenaSocket, @MessageBody() body: unknown): Promise<Answer<{ closed: boolean }>> {
    return this.answer(socket, StreamClose, body, (connection, command) => this.streams.close(connection, command));
  }

  @SubscribeMessage('stream.typing')
  typing(@ConnectedSocket() socket: VerbenaSocket, @MessageBody() body: unknown): Promise<Answer<{ noted: boolean }>> {
    return this.answer(socket, StreamTyping, body, (connection, command) => this.presence.type(connection, command));
  }

  /** Sockets are told to go, and come back to whoever runs then; what they asked is answered first. */
  async onModuleDestroy(): Promise<void> {
    this.isClosing = true;
    for (const end of this.endBeats) end();
    const until = Date.now() + FINISH_MS;
    while (this.underWay > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const connection of [...this.realtime.connections()]) connection.leave();
  }

  private async admit(socket: VerbenaSocket): Promise<void> {
    if (this.isClosing) throw new Refusal('server.unavailable');
    // Counted before anything is asked: a hundred at once are not examined either.
    const admissions = (this.admissions.get(socket.conn) ?? 0) + 1;
    this.admissions.set(socket.conn, admissions);
    if (admissions > ADMISSIONS_MAX) throw new Refusal('rate.exceeded');
    const handshake = z.safeParse(Handshake, socket.handshake.auth);
    if (!handshake.success) throw new Refusal('auth.required');
    const { token, program } = handshake.data;
    const subject = await this.ports.authenticator.authenticateSocket(token, program);
    if (this.realtime.countOf(subject.member) >= SOCKETS_PER_MEMBER_MAX) throw new Refusal('rate.exceeded');
    socket.data.subject = subject;
  }

  /** Every command goes through here: who, how often, in which shape; and every refusal is an answer, never a cut. */
  private async answer<S extends z.ZodMiniType, T>(
    socket: VerbenaSocket,
    schema: S,
    body: unknown,
    work: (connection: Connection, command: z.output<S>) => T | Promise<T>,
  ): Promise<Answer<T>> {
    this.underWay += 1;
    try {
      const { connection } = socket.data;
      if (this.isClosing) throw new Refusal('server.unavailable');
      if (connection === undefined || !connection.isLive) throw new Refusal('auth.sessionEnded');
      if (connection.subject.expiresAtMs <= this.clock.now()) throw new Refusal('auth.tokenExpired');
      const waitMs = this.commands.take(connection.subject.member, performance.now());
      if (waitMs > 0) return { ok: false, error: tooFast(waitMs) };
      const command = z.safeParse(schema, body);
      if (!command.success) throw new Refusal(isUnknownStream(body) ? 'stream.unknown' : 'input.invalid');
      return { ok: true, data: await work(connection, command.data) };
    } catch (error) {
      return { ok: false, error: this.describe(error) };
    } finally {
      this.underWay -= 1;
    }
  }

  private describe(error: unknown): SocketRefusal {
    const refusal = refusalOf(error);
    if (refusal.code === 'server.failed') {
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const seconds = refusal.status === 429 || refusal.status === 503 ? Number(refusal.params['seconds'] ?? 1) : null;
    return {
      code: refusal.code,
      ...(Object.keys(refusal.params).length > 0 ? { params: refusal.params } : {}),
      ...(seconds === null ? {} : { retryMs: seconds * 1_000 }),
    };
  }
}

function tooFast(waitMs: number): SocketRefusal {
  return { code: 'rate.exceeded', params: { seconds: Math.ceil(waitMs / 1_000) }, retryMs: waitMs };
}

/** A name that is no stream is told apart from a command of a wrong shape. */
function isUnknownStream(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('stream' in body)) return false;
  return typeof body.stream === 'string' && !z.safeParse(StreamOpen, { stream: body.stream }).success;
}
