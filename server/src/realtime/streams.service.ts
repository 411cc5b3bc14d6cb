import { Injectable } from '@nestjs/common';
import {
  CATCH_UP_MAX,
  type StreamClose,
  type StreamOpen,
  type StreamOpened,
  type StreamSeen,
  type StreamSeenAnswer,
} from '@verbena/shared/realtime/socket.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { Connection } from './connection.js';
import { RealtimePorts } from './realtime-ports.js';
import { RealtimeService } from './realtime.service.js';
import { StreamCursorsRepository } from './stream-cursors.repository.js';

/** The three commands of the protocol, for a socket whose member is known. */
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
   * `stream.cursorAhead` and `auth.sessionEnded`.
   */
  async open(connection: Connection, { stream, since }: StreamOpen): Promise<StreamOpened> {
    const { subject } = connection;
    const source = this.ports.source(stream);
    const wasOpen = connection.has(stream);
    connection.open(stream);
    try {
      const head = await source.head(subject, stream);
      if (since !== undefined && since > head) throw new Refusal('stream.cursorAhead');
      const found = since === undefined ? [] : await source.read(subject, since, CATCH_UP_MAX + 1, stream);
      const seen = await this.cursors.seenOrBegin(scopeOf(subject.program), subject.member, stream, head);
      // Who lost the right to it while we read gets nothing of it.
      if (!connection.isLive) throw new Refusal('auth.sessionEnded');
      const headNow = Math.max(head, found.at(-1)?.q ?? 0);
      if (found.length > CATCH_UP_MAX) return { head: headNow, seen, read: seen, pushes: [], reset: true };
      return { head: headNow, seen, read: seen, pushes: [...found] };
    } catch (error) {
      if (!wasOpen) connection.close(stream);
      throw error;
    }
  }

  /** Notes how far a device has shown a stream, and tells the member's other ones. */
  async seen(connection: Connection, { stream, q }: StreamSeen): Promise<StreamSeenAnswer> {
    const { subject } = connection;
    const head = await this.ports.source(stream).head(subject, stream);
    // What nobody can have seen would hide what is still to come.
    if (q > head) throw new Refusal('stream.cursorAhead');
    const { before } = await this.cursors.advance(scopeOf(subject.program), subject.member, stream, q);
    const seen = Math.max(before, q);
    if (q > before) this.realtime.tellSeen(connection, stream, seen);
    return { seen, before };
  }

  close(connection: Connection, { stream }: StreamClose): { closed: boolean } {
    return { closed: connection.close(stream) };
  }
}
