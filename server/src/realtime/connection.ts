import type {
  ClientToServer,
  OwnStream,
  PushEnvelope,
  ServerToClient,
  StreamName,
  StreamPresent,
} from '@verbena/shared/realtime/socket.js';
import type { Server, Socket } from 'socket.io';
import type { SocketSubject } from './socket-authenticator.port.js';

export interface SocketData {
  connection?: Connection;
  subject?: SocketSubject;
}
type NoServerEvents = Record<string, never>;
export type VerbenaServer = Server<ClientToServer, ServerToClient, NoServerEvents, SocketData>;
export type VerbenaSocket = Socket<ClientToServer, ServerToClient, NoServerEvents, SocketData>;

/** A client that takes nothing for so long, or leaves so much unread, is cut off; it returns by its cursor. */
const STALLED_MS_MAX = 10_000;
const BUFFERED_BYTES_MAX = 1_024 * 1_024;

/** One socket of a member: what it has open, and how well it keeps up. Engine.io itself buffers without a bound. */
export class Connection {
  private readonly streams = new Set<StreamName>();
  private waitingBytes = 0;
  private stalledSinceMs: number | null = null;
  private hasEnded = false;

  constructor(
    private readonly socket: VerbenaSocket,
    readonly subject: SocketSubject,
  ) {
    socket.conn.on('flush', () => {
      this.waitingBytes = 0;
    });
  }

  get isLive(): boolean {
    return !this.hasEnded && this.socket.connected;
  }

  open(stream: StreamName): void {
    this.streams.add(stream);
  }

  close(stream: StreamName): boolean {
    return this.streams.delete(stream);
  }

  get openStreams(): ReadonlySet<StreamName> {
    return this.streams;
  }

  has(stream: StreamName): boolean {
    return this.streams.has(stream);
  }

  push(envelope: PushEnvelope): void {
    // Its size matters only while it cannot leave.
    if (!this.socket.conn.transport.writable) this.waitingBytes += JSON.stringify(envelope).length;
    this.socket.emit('push', envelope);
  }

  tellSeen(stream: StreamName, q: number): void {
    this.socket.emit('stream.seen', { stream, q });
  }

  tellRead(stream: OwnStream, q: number): void {
    this.socket.emit('stream.read', { stream, q });
  }

  /** Its member may no longer follow it. */
  tellClosed(stream: StreamName): void {
    this.socket.emit('stream.closed', { stream });
  }

  /** What matters now or not at all: whoever does not keep up misses it. */
  tellPresent(present: StreamPresent): void {
    this.socket.volatile.emit('stream.present', present);
  }

  /** Whether it takes too little of what we send. Asked about once a second. */
  isSlow(nowMs: number): boolean {
    if (this.socket.conn.transport.writable) {
      this.stalledSinceMs = null;
      return false;
    }
    this.stalledSinceMs ??= nowMs;
    return nowMs - this.stalledSinceMs > STALLED_MS_MAX || this.bufferedBytes > BUFFERED_BYTES_MAX;
  }

  /** What we hold for it: not yet given to its transport, and given but not yet taken by the network. */
  get bufferedBytes(): number {
    return this.waitingBytes + (webSocketOf(this.socket)?.bufferedAmount ?? 0);
  }

  get isOverfull(): boolean {
    return this.waitingBytes > BUFFERED_BYTES_MAX / 8 && this.bufferedBytes > BUFFERED_BYTES_MAX;
  }

  /** Says why, then closes. The client decides by the code whether to come back. */
  end(code: string): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.socket.emit('session.ended', { code });
    this.socket.disconnect(true);
  }

  /** Closes without a reason of the session's: the node goes, and the client returns to whoever runs then. */
  leave(): void {
    this.hasEnded = true;
    this.socket.disconnect(true);
  }

  /** Cuts the connection at once and drops what waits for it. */
  cut(): void {
    this.hasEnded = true;
    const webSocket = webSocketOf(this.socket);
    if (webSocket === null) this.socket.conn.close(true);
    else webSocket.terminate();
  }
}

interface RawWebSocket {
  readonly bufferedAmount: number;
  terminate(): void;
}

/** The `ws` socket below; engine.io keeps it on its transport without saying so in its types. */
function webSocketOf(socket: VerbenaSocket): RawWebSocket | null {
  const transport: object = socket.conn.transport;
  if (!('socket' in transport) || typeof transport.socket !== 'object' || transport.socket === null) return null;
  const raw: object = transport.socket;
  const isRaw = (value: object): value is RawWebSocket => 'bufferedAmount' in value && 'terminate' in value;
  return isRaw(raw) ? raw : null;
}
