import { Injectable } from '@nestjs/common';
import type { LoginDraft, LoginPlace, MemberNames } from '@verbena/shared/members/members.routes.js';
import { ExternalId } from '@verbena/shared/platform/ids.js';
import * as z from 'zod/mini';
import { AuditService } from '#audit/audit.service.js';
import { IdentityService } from '#identity/identity.service.js';
import { VouchingService } from '#identity/vouching.service.js';
import { problemsOf } from '#platform/errors/problems-of-issues.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import type { Tenant } from '#platform/http/tenant.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { aliasTaken } from './joining.service.js';
import { MembersRepository } from './members.repository.js';
import type { MemberDocument } from './members.schema.js';
import { MembersService } from './members.service.js';

/** What an operator says of members and of those who log in as them. Everything may be said twice. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly members: MembersService,
    private readonly repository: MembersRepository,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
    private readonly vouching: VouchingService,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
  ) {}

  /** Names a member; an external id that is new becomes one. Refuses with `member.notFound`, `member.aliasTaken`. */
  async nameMember(tenant: Tenant, ref: string, names: MemberNames, actor: Actor): Promise<MemberDocument> {
    const scope = scopeOf(tenant.id);
    const { _id } = await this.ensureMember(tenant, ref);
    const change = definedOf(names);
    try {
      return await this.mongo.transact(async (session) => {
        const member = await this.repository.findById(scope, _id, session);
        if (member === null || member.closedInto !== null) throw new Refusal('member.notFound');
        const before = { name: member.name, alias: member.alias, language: member.language };
        if (JSON.stringify(before) === JSON.stringify({ ...before, ...change })) return member;
        await this.repository.update(scope, member, change, session);
        // Names are personal: the log says that they changed, not to what, so that erasing a member leaves none there.
        await this.audit.record(session, scope, {
          ...{ actor, action: 'member.named', subject: { kind: 'member', id: _id } },
          ...{ before: null, after: { fields: Object.keys(change) } },
        });
        return { ...member, ...change };
      });
    } catch (error) {
      throw isDuplicateKey(error) ? aliasTaken() : error;
    }
  }

  /**
   * Gives an address a login, or the login that it has a place in the program; one that nobody verified is taken from whoever
   * registered it (`VouchingService`). Who is a member already stays it where the draft names none. Refuses with
   * `member.notFound`, with `member.hasLogin` when the member is somebody else's, and as `ensureLogin` does.
   */
  async createLogin(tenant: Tenant, draft: LoginDraft, actor: Actor): Promise<LoginPlace> {
    const scope = scopeOf(tenant.id);
    const member = draft.member === null ? null : await this.ensureMember(tenant, draft.member);
    const language = draft.language ?? tenant.language;
    const user = await this.vouching.ensureLogin({ ...draft, language }, tenant, actor);
    const had = user.enrolments.find(({ program }) => program === tenant.id);
    const place = { user: user.id, email: user.email, role: draft.role, member: member?._id ?? had?.member ?? null };
    const isInPlace = had?.role === place.role && had.member === place.member;
    if (!isInPlace || (member !== null && member.user !== user.id))
      await this.enrol(scope, place, member, actor, had === undefined ? null : { role: had.role, member: had.member });
    return place;
  }

  private async enrol(
    scope: Scope,
    place: LoginPlace,
    member: MemberDocument | null,
    actor: Actor,
    before: object | null,
  ): Promise<void> {
    try {
      await this.mongo.transact(async (session) => {
        await this.identity.enrol(place.user, scope.program, place.role, place.member, session);
        // Whoever is given a place by the program's own hand waits for nothing more.
        const enrolment = member?.enrolment === 'pending' ? { enrolment: 'enrolled' as const } : {};
        if (member !== null) await this.repository.update(scope, member, { user: place.user, ...enrolment }, session);
        await this.audit.record(session, scope, {
          actor,
          action: 'login.enrolled',
          subject: { kind: 'user', id: place.user },
          before,
          after: { role: place.role, member: place.member },
        });
      });
    } catch (error) {
      throw isDuplicateKey(error) ? new Refusal('member.hasLogin') : error;
    }
  }

  private async ensureMember(tenant: Tenant, ref: string): Promise<MemberDocument> {
    const scope = scopeOf(tenant.id);
    if (ref.startsWith('ext:')) {
      const named = z.safeParse(ExternalId, ref.slice('ext:'.length));
      if (!named.success) throw new Refusal('input.invalid', {}, problemsOf(named.error.issues, ['member']));
      const { language, zone, enrolment = 'automatic' } = await this.programs.get(scope);
      await this.members.resolveExternalIds(scope, null, [named.data], { language, zone, enrolment });
    }
    return this.members.find(scope, ref);
  }
}

function definedOf({ name, alias, language }: MemberNames): {
  name?: string;
  alias?: string;
  language?: 'es' | 'en';
} {
  return {
    ...(name === undefined ? {} : { name }),
    ...(alias === undefined ? {} : { alias }),
    ...(language === undefined ? {} : { language }),
  };
}
