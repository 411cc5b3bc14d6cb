import { Injectable } from '@nestjs/common';
import { OwnStream, type PushEnvelope, streamKindOf, type StreamName } from '@verbena/shared/realtime/socket.js';
import * as z from 'zod/mini';
import type { Connection } from './connection.js';
import type { OpenStream, StreamSource } from './stream-source.port.js';

/** Who has a stream open here that is not of one member. */
export interface Audience {
  readonly program: string;
  readonly stream: StreamName;
  readonly connections: Set<Connection>;
}

/**
 * The sockets of this node, by member, and what other modules may say to them. A push goes to the sockets that have its
 * stream open here; every node serves its own.
 */
@Injectable()
export class RealtimeService {
  private readonly byMember = new Map<string, Set<Connection>>();
  /** By program and stream. */
  private readonly byStream = new Map<string, Audience>();

  /** Sends a committed entry to the member's sockets here. Never waits, never throws. */
  push(program: string, member: string, envelope: PushEnvelope): void {
    for (const connection of this.byMember.get(member) ?? []) {
      if (connection.subject.program !== program || !connection.has(envelope.stream)) continue;
      connection.push(envelope);
      if (connection.isOverfull) connection.cut();
    }
  }

  /**
   * Sends to everybody here who has a stream of the program open. Never waits, never throws.
   *
   * @param envelopeFor as a member gets it: of one number, whoever gets it
   */
  publish(program: string, stream: StreamName, envelopeFor: (member: string) => PushEnvelope): void {
    for (const connection of this.byStream.get(keyOf(program, stream))?.connections ?? []) {
      connection.push(envelopeFor(connection.subject.member));
      if (connection.isOverfull) connection.cut();
    }
  }

  /** Closes streams of a source for those who may no longer follow them: all that are open here, or one. Nothing of it is pushed to them then. */
  async closeLost(source: StreamSource, stream?: StreamName): Promise<void> {
    if (source.lost === undefined) return;
    const open = new Map<OpenStream, Connection>();
    for (const audience of this.byStream.values()) {
      if (stream === undefined ? streamKindOf(audience.stream) !== source.kind : audience.stream !== stream) continue;
      for (const connection of audience.connections)
        open.set({ subject: connection.subject, stream: audience.stream }, connection);
    }
    if (open.size === 0) return;
    for (const lost of await source.lost([...open.keys()])) {
      const connection = open.get(lost);
      if (connection !== undefined && this.part(connection, lost.stream)) connection.tellClosed(lost.stream);
    }
  }

  audiences(): Iterable<Audience> {
    return this.byStream.values();
  }

  /** Whether anybody here has a stream of the program open. */
  hasAudience(program: string, stream: StreamName): boolean {
    return this.byStream.has(keyOf(program, stream));
  }

  /** A socket opens a stream. */
  join(connection: Connection, stream: StreamName): void {
    connection.open(stream);
    if (z.safeParse(OwnStream, stream).success) return;
    const { program } = connection.subject;
    const key = keyOf(program, stream);
    const audience = this.byStream.get(key);
    if (audience === undefined) this.byStream.set(key, { program, stream, connections: new Set([connection]) });
    else audience.connections.add(connection);
  }

  /** A socket closes a stream; says whether it was open. */
  part(connection: Connection, stream: StreamName): boolean {
    const key = keyOf(connection.subject.program, stream);
    const connections = this.byStream.get(key)?.connections;
    connections?.delete(connection);
    if (connections?.size === 0) this.byStream.delete(key);
    return connection.close(stream);
  }

  /** Whether a socket of this member is here; who has none costs nothing. */
  hasLocal(member: string): boolean {
    return this.byMember.has(member);
  }

  /** The members who have a socket here. */
  localMembers(): Iterable<string> {
    return this.byMember.keys();
  }

  /** Ends the sockets of a session at once; without it they end within seconds by themselves. */
  endSession(session: string): void {
    for (const connection of this.connections()) {
      if (connection.subject.session === session) connection.end('auth.sessionEnded');
    }
  }

  /** Tells the member's other sockets how far something was shown. */
  tellSeen(by: Connection, stream: StreamName, q: number): void {
    for (const connection of this.byMember.get(by.subject.member) ?? []) {
      if (connection !== by && connection.has(stream)) connection.tellSeen(stream, q);
    }
  }

  /** Tells the member's other sockets how far the bell was read. */
  tellRead(by: Connection, stream: OwnStream, q: number): void {
    for (const connection of this.byMember.get(by.subject.member) ?? []) {
      if (connection !== by && connection.has(stream)) connection.tellRead(stream, q);
    }
  }

  add(connection: Connection): void {
    const { member } = connection.subject;
    const others = this.byMember.get(member);
    if (others === undefined) this.byMember.set(member, new Set([connection]));
    else others.add(connection);
  }

  remove(connection: Connection): void {
    const { member } = connection.subject;
    const others = this.byMember.get(member);
    others?.delete(connection);
    if (others?.size === 0) this.byMember.delete(member);
    for (const stream of [...connection.openStreams]) this.part(connection, stream);
  }

  countOf(member: string): number {
    return this.byMember.get(member)?.size ?? 0;
  }

  *connections(): Generator<Connection> {
    for (const connections of this.byMember.values()) yield* connections;
  }
}

function keyOf(program: string, stream: StreamName): string {
  return `${program}|${stream}`;
}
