import { Injectable } from '@nestjs/common';
import {
  CATCH_UP_MAX,
  type OwnStream,
  type StreamClose,
  type StreamOpen,
  type StreamOpened,
  type StreamRead,
  type StreamSeen,
  type StreamSeenAnswer,
} from '@verbena/shared/realtime/socket.js';
import { Refusal } from '#platform/errors/refusal.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import type { Connection } from './connection.js';
import { RealtimePorts } from './realtime-ports.js';
import { RealtimeService } from './realtime.service.js';
import { StreamCursorsRepository } from './stream-cursors.repository.js';

/** A screen follows the member and what it shows; more at once is a mistake, or worse. */
const STREAMS_PER_SOCKET_MAX = 8;

/** The commands of the protocol, for a socket whose member is known. */
@Injectable()
export class StreamsService {
  constructor(
    private readonly ports: RealtimePorts,
    private readonly cursors: StreamCursorsRepository,
    private readonly realtime: RealtimeService,
  ) {}

  /**
   * Opens a stream and brings what came after `since`. The socket joins *before* the read: what is committed meanwhile
   * arrives live or in the answer, perhaps in both, never in neither; the client drops by number. Throws
   * `stream.cursorAhead`, `stream.unknown`, `stream.tooMany` and `auth.sessionEnded`.
   */
  async open(connection: Connection, { stream, since }: StreamOpen): Promise<StreamOpened> {
    const { subject } = connection;
    const source = this.ports.source(stream);
    const { isNewAtFirst = false } = source;
    const wasOpen = connection.has(stream);
    if (!wasOpen && connection.openStreams.size >= STREAMS_PER_SOCKET_MAX) throw new Refusal('stream.tooMany');
    this.realtime.join(connection, stream);
    try {
      const head = await source.head(subject, stream);
      if (since !== undefined && since > head) throw new Refusal('stream.cursorAhead');
      const found = since === undefined ? [] : await source.read(subject, since, CATCH_UP_MAX + 1, stream);
      const cursors = source.hasCursor
        ? await this.cursors.beginOrFind(scopeOf(subject.program), subject.member, stream, isNewAtFirst ? 0 : head)
        : { seen: head, read: head };
      // Who lost the right to it while we read gets nothing of it.
      if (!connection.isLive) throw new Refusal('auth.sessionEnded');
      const headNow = Math.max(head, found.at(-1)?.q ?? 0);
      // Of a stream that keeps nothing, whoever missed something reads the state anew.
      const isLost = !source.hasPast && since !== undefined && since < head;
      if (isLost || found.length > CATCH_UP_MAX) return { head: headNow, ...cursors, pushes: [], reset: true };
      return { head: headNow, ...cursors, pushes: [...found] };
    } catch (error) {
      if (!wasOpen) this.realtime.part(connection, stream);
      throw error;
    }
  }

  /** Notes how far a device has shown a stream, and tells the member's other ones. */
  async seen(connection: Connection, { stream, q }: StreamSeen): Promise<StreamSeenAnswer> {
    const { subject } = connection;
    const source = this.ports.source(stream);
    await this.refuseAhead(connection, stream, q);
    if (!source.hasCursor) return { seen: q, before: q };
    const { before } = await this.cursors.advance(scopeOf(subject.program), subject.member, stream, 'seen', q);
    const seen = Math.max(before, q);
    if (q > before) this.realtime.tellSeen(connection, stream, seen);
    return { seen, before };
  }

  /** Notes how far the member read what the bell lists, and tells its other devices. */
  async read(connection: Connection, { stream, q }: StreamRead): Promise<{ read: number }> {
    const { subject } = connection;
    await this.refuseAhead(connection, stream, q);
    const { before } = await this.cursors.advance(scopeOf(subject.program), subject.member, stream, 'read', q);
    const read = Math.max(before, q);
    if (q > before) this.realtime.tellRead(connection, stream, read);
    return { read };
  }

  /** How far a member read one of its own streams, on any device. */
  async readUpTo(scope: Scope, member: string, stream: OwnStream): Promise<number> {
    return this.cursors.findRead(scope, member, stream);
  }

  /** What nobody can have seen would hide what is still to come. */
  private async refuseAhead({ subject }: Connection, stream: StreamOpen['stream'], q: number): Promise<void> {
    if (q > (await this.ports.source(stream).head(subject, stream))) throw new Refusal('stream.cursorAhead');
  }

  close(connection: Connection, { stream }: StreamClose): { closed: boolean } {
    return { closed: this.realtime.part(connection, stream) };
  }
}
