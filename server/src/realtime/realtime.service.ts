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

  /** Sends a committed entry to the member's sockets here. Never waits, never throws. */
  push(program: string, member: string, envelope: PushEnvelope): void {
    for (const connection of this.byMember.get(member) ?? []) {
      if (connection.subject.program !== program || !connection.has(envelope.stream)) continue;
      connection.push(envelope);
      if (connection.isOverfull) connection.cut();
    }
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
  }

  countOf(member: string): number {
    return this.byMember.get(member)?.size ?? 0;
  }

  *connections(): Generator<Connection> {
    for (const connections of this.byMember.values()) yield* connections;
  }
}
