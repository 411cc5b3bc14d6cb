import type { KeyMode, KeySource } from '@verbena/shared/identity/api-keys.routes.js';
import type { Permission } from '@verbena/shared/identity/permissions.js';
import { Refusal } from '#platform/errors/refusal.js';

/** Who asks. Roles are read per request, so a right that was taken away is gone within seconds. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'local' }
  | {
      readonly kind: 'key';
      readonly id: string;
      readonly program: string;
      readonly mode: KeyMode;
      /** Who vouches for what it sends. */
      readonly source: KeySource;
      /** The brand whose own ids of members it names; null: those of the program. */
      readonly namespace: string | null;
      readonly types: readonly string[];
      readonly permissions: readonly Permission[];
    }
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly session: string;
      readonly isOperator: boolean;
      /** Until when the session has shown the second factor, in milliseconds since 1970; null where it has not. */
      readonly elevatedUntilMs: number | null;
    };

/** A login that asks, by one session. */
export type UserPrincipal = Extract<Principal, { kind: 'user' }>;

export type Actor = { readonly kind: 'user' | 'key' | 'local'; readonly id: string };

/** The principal as the audit log names it; nobody anonymous ever changes anything that is audited. */
export function actorOf(principal: Principal): Actor {
  if (principal.kind === 'user' || principal.kind === 'key') return { kind: principal.kind, id: principal.id };
  if (principal.kind === 'local') return { kind: 'local', id: 'command' };
  throw new Error('An anonymous caller cannot act.');
}

/** The login that asks; systems and commands of this machine are none, and are refused. */
export function userOf(principal: Principal): UserPrincipal {
  if (principal.kind !== 'user') throw new Refusal('auth.forbidden', { person: true });
  return principal;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard before any handler runs. */
    principal: Principal;
  }
}
