import * as z from 'zod/mini';
import { Instant } from '#platform/time.js';
import { EntryRecorded } from '#ledger/entry-recorded.js';

/**
 * Streams that somebody may open. `me` is the member's own journal: dense, its `q` is the member's `seq`.
 * What not everybody in a stream may see goes to another stream, so a gap always means a loss.
 */
export const StreamName = z.enum(['me']);
export type StreamName = z.infer<typeof StreamName>;

/** Every push by name, with its payload. Leaving one out of a handler map does not compile. */
export const PUSHES = { 'entry.recorded': EntryRecorded } as const;
export type PushName = keyof typeof PUSHES;
export type PushData<N extends PushName> = z.infer<(typeof PUSHES)[N]>;

/** What travels on a stream; `name` is absent where an entry has nothing to show and only its number counts. */
export const PushEnvelope = z.object({
  stream: StreamName,
  q: z.number(),
  id: z.string(),
  name: z.optional(z.literal('entry.recorded')),
  v: z.literal(1),
  at: Instant,
  data: z.optional(EntryRecorded),
});
export type PushEnvelope = z.infer<typeof PushEnvelope>;

export const CATCH_UP_MAX = 200;

export const StreamOpen = z.strictObject({ stream: StreamName, since: z.optional(z.int().check(z.gte(0))) });
export type StreamOpen = z.infer<typeof StreamOpen>;
/** `pushes` are those after `since`, in order; `reset` says that there are too many: read the state anew. */
export const StreamOpened = z.object({
  head: z.number(),
  seen: z.number(),
  pushes: z.array(PushEnvelope),
  reset: z.optional(z.boolean()),
});
export type StreamOpened = z.infer<typeof StreamOpened>;

export const StreamSeen = z.strictObject({ stream: StreamName, q: z.int().check(z.gte(0)) });
export type StreamSeen = z.infer<typeof StreamSeen>;

export const StreamClose = z.strictObject({ stream: StreamName });
export type StreamClose = z.infer<typeof StreamClose>;

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
  'stream.close': (command: StreamClose, ack: Ack<{ closed: boolean }>) => void;
}

/** What the server says unasked. `stream.seen` tells a member's other sockets how far something was shown. */
export interface ServerToClient {
  push: (envelope: PushEnvelope) => void;
  'stream.seen': (seen: StreamSeen) => void;
  /** The session ended; the socket closes after this. */
  'session.ended': (reason: { code: string }) => void;
}

/** What a client sends with the handshake. A token that ends closes the socket; the client renews it and returns. */
export const Handshake = z.object({ token: z.string(), program: z.string() });
export type Handshake = z.infer<typeof Handshake>;
