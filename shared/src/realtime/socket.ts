import * as z from 'zod/mini';
import { PUSHES, STREAMS } from '#manifests.js';
import { Instant } from '#platform/time.js';

/**
 * Streams that somebody may open, each kind with one source. What not everybody in a stream may see goes to another stream, so a gap
 * always means a loss.
 */
export const StreamName = z.union(Object.values(STREAMS));
export type StreamName = z.infer<typeof StreamName>;

export type StreamKind = keyof typeof STREAMS;
export const STREAM_KINDS = Object.keys(STREAMS) as readonly StreamKind[];

export function streamKindOf(stream: StreamName): StreamKind {
  return stream.split(':', 1)[0] as StreamKind;
}

export type PushName = keyof typeof PUSHES;
export type PushData<N extends PushName> = z.infer<(typeof PUSHES)[N]>;

const envelope = { stream: StreamName, q: z.number(), id: z.string(), v: z.literal(1), at: Instant };
const Bare = z.object({ ...envelope, name: z.optional(z.undefined()), data: z.optional(z.undefined()) });
type Bare = z.infer<typeof Bare>;

/** What travels on a stream; `name` is absent where an entry has nothing to show and only its number counts. */
export type PushEnvelope =
  { [N in PushName]: Omit<Bare, 'name' | 'data'> & { name: N; data: PushData<N> } }[PushName] | Bare;
// The schemas are made from a table, of which the compiler knows only that there are some.
export const PushEnvelope = z.union([
  ...Object.entries(PUSHES).map(([name, data]) => z.object({ ...envelope, name: z.literal(name), data })),
  Bare,
]) as unknown as z.ZodMiniType<PushEnvelope>;

/** The streams of one member alone, of which is kept how far it read them in the bell. */
export const OwnStream = z.enum(['me', 'inbox']);
export type OwnStream = z.infer<typeof OwnStream>;

export const CATCH_UP_MAX = 200;

export const StreamOpen = z.strictObject({ stream: StreamName, since: z.optional(z.int().check(z.gte(0))) });
export type StreamOpen = z.infer<typeof StreamOpen>;
/**
 * `pushes` are those after `since`, in order; `reset` says that there are too many: read the state anew. `read` is how far the
 * member opened what the bell lists.
 */
export const StreamOpened = z.object({
  head: z.number(),
  seen: z.number(),
  read: z.number(),
  pushes: z.array(PushEnvelope),
  reset: z.optional(z.boolean()),
});
export type StreamOpened = z.infer<typeof StreamOpened>;

export const StreamSeen = z.strictObject({ stream: StreamName, q: z.int().check(z.gte(0)) });
export type StreamSeen = z.infer<typeof StreamSeen>;

/** The member opened the bell: what it lists up to `q` is read, on all devices. Only ever moves forward. */
export const StreamRead = z.strictObject({ stream: OwnStream, q: z.int().check(z.gte(0)) });
export type StreamRead = z.infer<typeof StreamRead>;

export const StreamClose = z.strictObject({ stream: StreamName });
export type StreamClose = z.infer<typeof StreamClose>;

/** The member is writing there: said again at most every three seconds, and true for six. */
export const StreamTyping = z.strictObject({ stream: StreamName });
export type StreamTyping = z.infer<typeof StreamTyping>;

/** Who is there now: how many members have it open, and how those who are writing sign, without oneself. */
export const StreamPresent = z.object({
  stream: StreamName,
  readers: z.int(),
  typing: z.array(z.nullable(z.string())),
});
export type StreamPresent = z.infer<typeof StreamPresent>;

/** How a command is refused over a socket: the catalogue's code, and how long to wait where that helps. */
export const SocketRefusal = z.object({
  code: z.string(),
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  retryMs: z.optional(z.number()),
});
export type SocketRefusal = z.infer<typeof SocketRefusal>;

export type Ack<T> = (answer: { ok: true; data: T } | { ok: false; error: SocketRefusal }) => void;

/**
 * `before` is how far the member had seen until now: among several devices that hold the same pushes, the one whose
 * `before` lies below a push is the one that shows it.
 */
export const StreamSeenAnswer = z.object({ seen: z.number(), before: z.number() });
export type StreamSeenAnswer = z.infer<typeof StreamSeenAnswer>;

/** Commands, imperative, each with a typed ack. */
export interface ClientToServer {
  'stream.open': (command: StreamOpen, ack: Ack<StreamOpened>) => void;
  'stream.seen': (command: StreamSeen, ack: Ack<StreamSeenAnswer>) => void;
  'stream.read': (command: StreamRead, ack: Ack<{ read: number }>) => void;
  'stream.close': (command: StreamClose, ack: Ack<{ closed: boolean }>) => void;
  'stream.typing': (command: StreamTyping, ack: Ack<{ noted: boolean }>) => void;
}

/** What the server says unasked. `stream.seen` tells a member's other sockets how far something was shown. */
export interface ServerToClient {
  push: (envelope: PushEnvelope) => void;
  'stream.seen': (seen: StreamSeen) => void;
  /** The same for what was read in the bell. */
  'stream.read': (read: StreamRead) => void;
  /** The right to follow it was lost: nothing comes of it any more. */
  'stream.closed': (closed: StreamClose) => void;
  /** Who is there now; has no number, and whoever does not keep up misses it. */
  'stream.present': (present: StreamPresent) => void;
  /** The session ended; the socket closes after this. */
  'session.ended': (reason: { code: string }) => void;
}

/** What a client sends with the handshake. A token that ends closes the socket; the client renews it and returns. */
export const Handshake = z.object({ token: z.string(), program: z.string() });
export type Handshake = z.infer<typeof Handshake>;
