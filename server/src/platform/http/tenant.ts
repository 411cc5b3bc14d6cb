import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from '@verbena/shared/identity/role.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '#platform/errors/refusal.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';

/** The program that a path names, as far as anybody below the programs needs to know it. */
export interface Tenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly language: Language;
  readonly zone: string;
  /** The program whose sandbox it is; absent where it is none. */
  readonly sandboxOf?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The program of the path, set by the guard; absent on paths without one. */
    tenant?: Tenant;
    /** The member that the caller is in that program; null for keys, commands, and staff without a member. */
    ownMember?: string | null;
    /** The caller's role in that program; null for keys, commands, and logins without a place there. */
    ownRole?: Role | null;
  }
}

/** The program of the path: `{ id, slug, name, language, zone }`. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext): Tenant => tenantOf(context));

/** The scope of the path's program, for repositories. */
export const InScope = createParamDecorator((_: unknown, context: ExecutionContext): Scope => {
  return scopeOf(tenantOf(context).id);
});

/**
 * The member that a path's `:member` names: `me` is replaced by the caller's own member, which the guard has made sure
 * of; a ULID or `ext:<externalId>` stays as it was written. Where the caller names members by ids of its own, its brand stands in
 * front of the id, and a character between them that no id has.
 */
export const MemberRefParam = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: Record<string, string> }>>();
  const ref = request.params['member'];
  // The mark of a namespace, which is ours to set.
  if (ref === undefined || ref.includes('\u0000') || (ref === 'me' && typeof request.ownMember !== 'string'))
    throw new Refusal('member.notFound');
  const { principal } = request;
  const namespace = principal.kind === 'key' ? principal.namespace : null;
  if (namespace !== null && ref.startsWith('ext:')) return `ext:${namespace}\u0000${ref.slice('ext:'.length)}`;
  return ref === 'me' ? (request.ownMember ?? ref) : ref;
});

/**
 * Says of a member whether the caller reads it as staff: a person to whom it does not belong (the guard saw to the right), or a
 * command of this machine. A key is nobody's eyes.
 */
export const ReadsAsStaff = createParamDecorator(
  (_: unknown, context: ExecutionContext): ((member: string) => boolean) => {
    const { principal, ownMember } = context.switchToHttp().getRequest<FastifyRequest>();
    return (member) => principal.kind === 'local' || (principal.kind === 'user' && ownMember !== member);
  },
);

/** The member that the caller is in the path's program; null for keys, commands, and staff without a member. */
export const OwnMember = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  return context.switchToHttp().getRequest<FastifyRequest>().ownMember ?? null;
});

/** The role that the caller has in the path's program; null for keys and commands. */
export const OwnRole = createParamDecorator((_: unknown, context: ExecutionContext): Role | null => {
  return context.switchToHttp().getRequest<FastifyRequest>().ownRole ?? null;
});

function tenantOf(context: ExecutionContext): Tenant {
  const tenant = context.switchToHttp().getRequest<FastifyRequest>().tenant;
  if (tenant === undefined) throw new Error('This route has no :program in its path.');
  return tenant;
}
