import type { Permission } from '@verbena/shared/identity/permissions.js';

/** Who asks. Roles are read per request, so a right that was taken away is gone within seconds. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'local' }
  | {
      readonly kind: 'key';
      readonly id: string;
      readonly program: string;
      readonly types: readonly string[];
      readonly permissions: readonly Permission[];
    }
  | { readonly kind: 'user'; readonly id: string; readonly session: string; readonly isOperator: boolean };

export type Actor = { readonly kind: 'user' | 'key' | 'local'; readonly id: string };

/** The principal as the audit log names it; nobody anonymous ever changes anything that is audited. */
export function actorOf(principal: Principal): Actor {
  if (principal.kind === 'user' || principal.kind === 'key') return { kind: principal.kind, id: principal.id };
  if (principal.kind === 'local') return { kind: 'local', id: 'command' };
  throw new Error('An anonymous caller cannot act.');
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard before any handler runs. */
    principal: Principal;
  }
}
