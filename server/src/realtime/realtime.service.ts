import { Injectable } from '@nestjs/common';
import type { PushEnvelope, StreamName } from '@verbena/shared/realtime/socket.js';
import type { Connection } from './connection.js';

/**
 * The sockets of this node, by member, and what other modules may say to them. A push goes to the sockets that have its
 * stream open here; every node serves its own.
 */
@Injectable()
export class RealtimeService {
  private readonly byMember = new Map<string, Set<Connection>>();
  /** Who has a stream open that is not of one member, by program and stream. */
  private readonly audiences = new Map<string, Set<Connection>>();

  /** Sends a committed entry to the member's sockets here. Never waits, never throws. */
  push(program: string, member: string, envelope: PushEnvelope): void {
    for (const connection of this.byMember.get(member) ?? []) {
      if (connection.subject.program !== program || !connection.has(envelope.stream)) continue;
      connection.push(envelope);
      if (connection.isOverfull) connection.cut();
    }
  }

  /** Sends to everybody here who has a stream of the program open. Never waits, never throws. */
  publish(program: string, envelope: PushEnvelope): void {
    for (const connection of this.audiences.get(audienceOf(program, envelope.stream)) ?? []) {
      connection.push(envelope);
      if (connection.isOverfull) connection.cut();
    }
  }

  /** Whether anybody here has a stream of the program open. */
  hasAudience(program: string, stream: StreamName): boolean {
    return this.audiences.has(audienceOf(program, stream));
  }

  /** A socket opens a stream. */
  join(connection: Connection, stream: StreamName): void {
    connection.open(stream);
    if (stream === 'me') return;
    const name = audienceOf(connection.subject.program, stream);
    const others = this.audiences.get(name);
    if (others === undefined) this.audiences.set(name, new Set([connection]));
    else others.add(connection);
  }

  /** A socket closes a stream; says whether it was open. */
  part(connection: Connection, stream: StreamName): boolean {
    const name = audienceOf(connection.subject.program, stream);
    const others = this.audiences.get(name);
    others?.delete(connection);
    if (others?.size === 0) this.audiences.delete(name);
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
  tellRead(by: Connection, stream: 'me', q: number): void {
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

function audienceOf(program: string, stream: StreamName): string {
  return `${program}|${stream}`;
}
