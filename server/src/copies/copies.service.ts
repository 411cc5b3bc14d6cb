import { Injectable } from '@nestjs/common';
import type { MemberCopy } from '@verbena/shared/copies/copies.routes.js';
import { AuditService } from '#audit/audit.service.js';
import { IdentityService } from '#identity/identity.service.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { ConsentsService } from '#members/consents.service.js';
import { MemberViews } from '#members/member-views.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import type { Tenant } from '#platform/http/tenant.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ReferralsService } from '#referrals/referrals.service.js';

/** So many entries are in memory at once, however long a journal is. */
const PAGE = 100;

/** What a program knows of a member, handed to that person. */
@Injectable()
export class CopiesService {
  constructor(
    private readonly members: MembersService,
    private readonly views: MemberViews,
    private readonly consents: ConsentsService,
    private readonly ledger: LedgerViews,
    private readonly referrals: ReferralsService,
    private readonly identity: IdentityService,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /**
   * A member's copy as pieces of JSON, of which the first is there before anything is sent. Noted in the log of changes. Refuses
   * `member.notFound`, and `rate.exceeded` for a login that asks for one after another.
   */
  async begin(tenant: Tenant, ref: string, asking: Principal): Promise<AsyncIterable<string>> {
    const scope = scopeOf(tenant.id);
    if (asking.kind === 'user') await this.identity.refuseFurtherCopies(asking.id);
    const head = await this.head(tenant, ref, asking);
    const { id } = head.member;
    const journals = [id, ...(await this.members.endedIn(scope, id))];
    await this.mongo.transact((session) =>
      this.audit.record(session, scope, {
        actor: actorOf(asking),
        action: 'member.copied',
        subject: { kind: 'member', id },
        before: null,
        after: null,
      }),
    );
    return this.pieces(scope, head, journals);
  }

  private async head(tenant: Tenant, ref: string, asking: Principal): Promise<Omit<MemberCopy, 'journals'>> {
    const scope = scopeOf(tenant.id);
    const member = await this.members.find(scope, ref);
    const { state } = await this.ledger.readState(scope, member._id);
    return {
      format: 'verbena-member-1',
      at: new Date(this.clock.now()).toISOString(),
      program: { slug: tenant.slug, name: tenant.name },
      member: await this.views.show(scope, member),
      account: await this.accountOf(member.user, asking),
      consents: await this.consents.read(scope, member._id),
      attributes: { ...state.attributes },
      standing: await this.ledger.standing(scope, member._id),
      referrals: await this.referralsOf(scope, member._id),
    };
  }

  private async accountOf(id: string | null, asking: Principal): Promise<MemberCopy['account']> {
    const user = id === null ? null : await this.identity.findUser(id);
    if (user === null) return null;
    const { email, emailVerified, name, language } = user;
    const isOwn = asking.kind === 'user' && asking.id === user.id;
    return {
      ...{ email, emailVerified, name, language },
      ...(isOwn ? { sessions: await this.identity.sessionsOf(user.id) } : {}),
    };
  }

  private async referralsOf(scope: Scope, member: string): Promise<MemberCopy['referrals']> {
    try {
      return await this.referrals.referrals(scope, member);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'referral.none') return null;
      throw error;
    }
  }

  private async *pieces(
    scope: Scope,
    head: Omit<MemberCopy, 'journals'>,
    journals: readonly string[],
  ): AsyncIterable<string> {
    yield `${JSON.stringify(head).slice(0, -1)},"journals":[`;
    for (const [place, member] of journals.entries()) {
      yield `${place === 0 ? '' : ','}{"member":${JSON.stringify(member)},"entries":[`;
      yield* this.entries(scope, member);
      yield ']}';
    }
    yield ']}';
  }

  /** As the member itself reads them, whoever asks: the copy is for that person. */
  private async *entries(scope: Scope, member: string): AsyncIterable<string> {
    let isFirst = true;
    for (let before: number | null | undefined = null; before !== undefined;) {
      const page = await this.ledger.entries(scope, member, { before, limit: PAGE }, () => false);
      const text = page.items.map((entry) => JSON.stringify(entry)).join(',');
      if (text !== '') yield isFirst ? text : `,${text}`;
      isFirst = false;
      before = page.next;
    }
  }
}
