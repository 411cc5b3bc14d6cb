import { Injectable } from '@nestjs/common';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Role } from '@verbena/shared/identity/role.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Audience } from '@verbena/shared/segments/audience.js';
import type { Path } from '#engine/check-definition.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { initialState } from '#engine/initial-state.js';
import { LedgerService } from '#ledger/ledger.service.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { MembersService } from '#members/members.service.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import { Gathered } from '#platform/cache/gathered.js';
import { Clock } from '#platform/clock/clock.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { type AudienceSubject, checkAudience, isIn, segmentsOf } from './audience.js';
import { SegmentsRepository } from './segments.repository.js';
import type { SegmentDocument } from './segments.schema.js';

/** Somebody with all that the books know. */
export interface KnownSubject extends AudienceSubject {
  readonly state: MemberState;
  readonly program: CompiledProgram;
}

/** A tier or badge that was lost closes what it had opened within this time, well below five seconds; so does one that was won. */
const BELIEVED_MS = 1_000;
const REMEMBERED_MAX = 20_000;
const PROGRAMS_MAX = 1_000;

/** Who belongs to whom something is for. */
@Injectable()
export class AudiencesService {
  private readonly subjects = new ExpiringCache<KnownSubject>(BELIEVED_MS, REMEMBERED_MAX);
  /** Of everybody who follows something live it is asked again and again. */
  private readonly states = new Gathered<MemberState>(async (program, members) => {
    const found = await this.ledger.findStates(scopeOf(program), members);
    return new Map(found.map(({ _id, state }) => [_id, state]));
  });
  private readonly inUse = new ExpiringCache<readonly SegmentDocument[]>(BELIEVED_MS, PROGRAMS_MAX);

  constructor(
    private readonly ledger: LedgerService,
    private readonly views: LedgerViews,
    private readonly programs: ProgramsService,
    private readonly members: MembersService,
    private readonly repository: SegmentsRepository,
    private readonly clock: Clock,
  ) {}

  /** What audiences are asked about a login: as the member that it is, or, where it is none (`null`), as one who begins. */
  subjectOf(scope: Scope, member: string | null, role: Role): Promise<KnownSubject> {
    return this.subjects.get(`${scope.program}|${member ?? ''}|${role}`, async () => {
      const program = await this.programs.inForce(scope.program, this.clock.now());
      const state = member === null ? undefined : await this.states.get(scope.program, member);
      const subject = { role, program, state: state ?? initialState(program) };
      const segments = await this.segmentsInUse(scope);
      const lists = member === null ? new Set<string>() : await this.listsOf(scope, member, segments);
      return { ...subject, segments: segmentsOf(segments, lists, subject) };
    });
  }

  /** Somebody whom there need not be: who begins, or who just came to a tier; an unknown one is the lowest. */
  async someoneOf(scope: Scope, tier: string | null, role: Role): Promise<KnownSubject> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const held = program.tiers.ladder.find(({ definition }) => definition.id === tier)?.definition;
    const beginning = initialState(program);
    const state =
      held === undefined ? beginning : { ...beginning, tier: { id: held.id, rev: held.rev, since: null, until: null } };
    const subject = { role, program, state };
    return { ...subject, segments: segmentsOf(await this.segmentsInUse(scope), new Set(), subject) };
  }

  /** How many points keep somebody from one of the present tiers; null where there is no such tier. */
  pointsTo({ program, state }: KnownSubject, tier: string): number | null {
    return this.views.pointsTo(program, state, tier);
  }

  isIn(audience: Audience, subject: AudienceSubject): boolean {
    return isIn(audience, subject);
  }

  /** What is wrong with an audience, in the light of what the program defines and which segments it has today. */
  async check(scope: Scope, audience: Audience, path: Path): Promise<Problem[]> {
    const segments = (await this.repository.list(scope)).filter(({ archivedAt }) => archivedAt === null);
    return checkAudience(
      { definitions: await this.definitions(scope), segments: new Set(segments.map(({ slug }) => slug)) },
      audience,
      path,
    );
  }

  /** The same of the condition of a segment, which names none. */
  async checkCondition(scope: Scope, condition: Audience, path: Path): Promise<Problem[]> {
    return checkAudience({ definitions: await this.definitions(scope), segments: null }, condition, path);
  }

  private async definitions(scope: Scope): Promise<Definitions> {
    return (await this.programs.definitions(scope)).definitions;
  }

  private segmentsInUse(scope: Scope): Promise<readonly SegmentDocument[]> {
    return this.inUse.get(scope.program, async () =>
      (await this.repository.list(scope)).filter(({ archivedAt }) => archivedAt === null),
    );
  }

  /** The slugs of the lists on which a member stands, or an account that was joined to it. */
  private async listsOf(
    scope: Scope,
    member: string,
    segments: readonly SegmentDocument[],
  ): Promise<ReadonlySet<string>> {
    const lists = segments.filter(({ kind }) => kind === 'list');
    if (lists.length === 0) return new Set();
    const own = [member, ...(await this.members.endedIn(scope, member))];
    const ids = await this.repository.listsOf(scope, own);
    return new Set(lists.filter(({ _id }) => ids.has(_id)).map(({ slug }) => slug));
  }
}
