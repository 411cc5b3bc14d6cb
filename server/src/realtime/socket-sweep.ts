import { Injectable, Logger } from '@nestjs/common';
import { STREAM_KINDS } from '@verbena/shared/realtime/socket.js';
import { Clock } from '#platform/clock/clock.js';
import type { Connection } from './connection.js';
import { RealtimePorts } from './realtime-ports.js';
import { RealtimeService } from './realtime.service.js';

/** Sessions and rights are asked about every second run, so what ended or was lost is felt well within five seconds. */
const RUNS_PER_QUESTION = 2;
const SESSIONS_PER_QUESTION_MAX = 1_000;

/**
 * Looks after the open sockets once a second: tokens that end, sessions that ended and streams that somebody may no longer follow
 * (wherever that happened), and clients that do not keep up. One timer for all of them, on the server's own clock.
 */
@Injectable()
export class SocketSweep {
  private readonly logger = new Logger('Sockets');
  private runs = 0;
  private isAsking = false;

  constructor(
    private readonly clock: Clock,
    private readonly ports: RealtimePorts,
    private readonly realtime: RealtimeService,
  ) {}

  async run(): Promise<void> {
    const nowMs = this.clock.now();
    const steadyMs = performance.now();
    const bySession = new Map<string, Connection[]>();
    for (const connection of [...this.realtime.connections()]) {
      const { member, session, expiresAtMs } = connection.subject;
      if (connection.isSlow(steadyMs)) {
        this.logger.warn(`slow_consumer: a socket of ${member} left ${connection.bufferedBytes} bytes unread.`);
        connection.cut();
      } else if (expiresAtMs <= nowMs) connection.end('auth.tokenExpired');
      else bySession.set(session, [...(bySession.get(session) ?? []), connection]);
    }
    this.runs += 1;
    if (this.runs % RUNS_PER_QUESTION === 0 && bySession.size > 0) await this.askAbout(bySession);
  }

  private async askAbout(bySession: ReadonlyMap<string, readonly Connection[]>): Promise<void> {
    // A database that does not answer keeps one question waiting, not one more each second.
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await this.endOrphans(bySession);
      for (const kind of STREAM_KINDS) await this.realtime.closeLost(this.ports.sourceOf(kind));
    } catch (error) {
      // Tokens still end by themselves; the next question comes in two seconds.
      this.logger.debug(error instanceof Error ? error.message : String(error));
    } finally {
      this.isAsking = false;
    }
  }

  private async endOrphans(bySession: ReadonlyMap<string, readonly Connection[]>): Promise<void> {
    const sessions = [...bySession.keys()];
    for (let at = 0; at < sessions.length; at += SESSIONS_PER_QUESTION_MAX) {
      const asked = sessions.slice(at, at + SESSIONS_PER_QUESTION_MAX);
      const connections = asked.flatMap((session) => bySession.get(session) ?? []);
      const live = await this.ports.authenticator.liveSessions(connections.map(({ subject }) => subject));
      for (const connection of connections)
        if (!live.has(connection.subject.session)) connection.end('auth.sessionEnded');
    }
  }
}
