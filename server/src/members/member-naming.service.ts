import { Injectable } from '@nestjs/common';
import type { MemberName } from '@verbena/shared/activities/activities.routes.js';
import { IdentityService } from '#identity/identity.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';

type Kind = 'externalId' | 'id' | 'code' | 'email';
type Named = readonly [kind: Kind, value: string];

/** What it depends on who names them. */
export interface Naming {
  /** May see members, and so name one by its e-mail address. */
  readonly seesMembers: boolean;
  /** The brand whose own ids of members are meant; absent or null: those of the program. */
  readonly namespace?: string | null;
}

/** Which member an activity means, whichever way it names it. */
@Injectable()
export class MemberNaming {
  constructor(
    private readonly members: MembersService,
    private readonly repository: MembersRepository,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
  ) {}

  /**
   * Reads all these names at once; the answer says of each its member, or why it is none of the program's. An external id that is new
   * becomes a member, but not where people enrol only by joining (A5). An address names only who verified it, for who may see members.
   */
  async read(
    scope: Scope,
    { seesMembers, namespace = null }: Naming,
    names: readonly MemberName[],
  ): Promise<(name: MemberName) => string | Refusal> {
    const { language, zone, enrolment = 'automatic' } = await this.programs.get(scope);
    const isOptIn = enrolment === 'optIn';
    const all = names.map(namedBy);
    const of = (kind: Kind) => [...new Set(all.flatMap(([one, value]) => (one === kind ? [value] : [])))];
    const known: Readonly<Record<Kind, ReadonlyMap<string, string>>> = {
      externalId: isOptIn
        ? await this.members.findExternalIds(scope, namespace, of('externalId'))
        : await this.members.resolveExternalIds(scope, namespace, of('externalId'), { language, zone, enrolment }),
      id: new Map([...(await this.members.existing(scope, of('id')))].map((id) => [id, id])),
      code: await this.repository.findByCodes(scope, of('code')),
      email: seesMembers ? await this.findByEmails(scope, of('email')) : new Map(),
    };
    const found = all.flatMap(([kind, value]) => known[kind].get(value) ?? []);
    const enrolled = isOptIn ? await this.members.everEnrolled(scope, [...new Set(found)]) : undefined;
    return (name) => {
      const [kind, value] = namedBy(name);
      const path = ['member', kind];
      if (kind === 'email' && !seesMembers)
        return new Refusal('auth.forbidden', {}, [{ path, code: 'needsRight', params: { right: 'members.read' } }]);
      const member = known[kind].get(value);
      if (member === undefined && isOptIn && kind === 'externalId') return new Refusal('member.notEnrolled');
      if (member === undefined) return new Refusal('member.notFound', {}, [{ path, code: 'invalid' }]);
      return enrolled?.has(member) === false ? new Refusal('member.notEnrolled') : member;
    };
  }

  private async findByEmails(scope: Scope, emails: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const email of emails) {
      const login = await this.identity.findUserByEmail(email);
      const place = login?.enrolments.find(({ program }) => program === scope.program);
      if (login?.emailVerified === true && place?.member != null) found.set(email, place.member);
    }
    return found;
  }
}

function namedBy(name: MemberName): Named {
  if ('externalId' in name) return ['externalId', name.externalId];
  if ('id' in name) return ['id', name.id];
  return 'code' in name ? ['code', name.code] : ['email', name.email];
}
