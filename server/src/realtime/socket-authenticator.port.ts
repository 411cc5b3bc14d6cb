import { DiscoveryService } from '@nestjs/core';
import type { Role } from '@verbena/shared/identity/role.js';

/** For whom a socket speaks: one member of one program, by one session of one login. */
export interface SocketSubject {
  /** The program's id. */
  readonly program: string;
  readonly member: string;
  readonly role: Role;
  readonly user: string;
  readonly session: string;
  /** When the access token ends, in milliseconds since 1970; the socket is closed then. */
  readonly expiresAtMs: number;
}

/**
 * Who can tell whose a socket is. Exactly one provider is found at boot by `@AuthenticatesSockets()`; it stands above this
 * module, which knows nothing of tokens and sessions.
 */
export interface SocketAuthenticator {
  /**
   * The subject of a handshake; `program` is a slug or an id. Throws a `Refusal`: `auth.tokenExpired`, `auth.sessionEnded`,
   * `auth.required`, `program.notFound`, or `auth.forbidden` where the login has no member there.
   */
  authenticateSocket(token: string, program: string): Promise<SocketSubject>;

  /**
   * Of the sessions of these, those that have not ended, and whose login has the role that it came with. Asked every few seconds about
   * the sockets of this node.
   */
  liveSessions(subjects: readonly SocketSubject[]): Promise<ReadonlySet<string>>;
}

export const AuthenticatesSockets = DiscoveryService.createDecorator();
