import { Injectable } from '@nestjs/common';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Role } from '@verbena/shared/identity/permissions.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Audience } from '@verbena/shared/segments/audience.js';
import type { Path } from '#engine/check-definition.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { initialState } from '#engine/initial-state.js';
import { LedgerService } from '#ledger/ledger.service.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import { Clock } from '#platform/clock/clock.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { type AudienceSubject, checkAudience, isIn } from './audience.js';

/** Somebody with all that the books know. */
export interface KnownSubject extends AudienceSubject {
  readonly state: MemberState;
  readonly program: CompiledProgram;
}

/** A tier or badge that was lost closes what it had opened within this time, well below five seconds; so does one that was won. */
const BELIEVED_MS = 1_000;
const REMEMBERED_MAX = 20_000;

/** Who belongs to whom something is for. */
@Injectable()
export class AudiencesService {
  private readonly subjects = new ExpiringCache<KnownSubject>(BELIEVED_MS, REMEMBERED_MAX);

  constructor(
    private readonly ledger: LedgerService,
    private readonly views: LedgerViews,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  /** What audiences are asked about a login: as the member that it is, or, where it is none (`null`), as one who begins. */
  subjectOf(scope: Scope, member: string | null, role: Role): Promise<KnownSubject> {
    return this.subjects.get(`${scope.program}|${member ?? ''}|${role}`, async () => {
      const program = await this.programs.inForce(scope.program, this.clock.now());
      const ledger = member === null ? null : await this.ledger.stateOf(scope, member);
      return { role, program, state: ledger?.state ?? initialState(program) };
    });
  }

  /** Somebody whom there need not be: who begins, or who just came to a tier; an unknown one is the lowest. */
  async someoneOf(scope: Scope, tier: string | null, role: Role): Promise<KnownSubject> {
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const held = program.tiers.ladder.find(({ definition }) => definition.id === tier)?.definition;
    const state = initialState(program);
    if (held === undefined) return { role, program, state };
    return { role, program, state: { ...state, tier: { id: held.id, rev: held.rev, since: null, until: null } } };
  }

  /** How many points keep somebody from one of the present tiers; null where there is no such tier. */
  pointsTo({ program, state }: KnownSubject, tier: string): number | null {
    return this.views.pointsTo(program, state, tier);
  }

  isIn(audience: Audience, subject: AudienceSubject): boolean {
    return isIn(audience, subject);
  }

  /** What is wrong with an audience, in the light of what the program defines today. */
  async check(scope: Scope, audience: Audience, path: Path): Promise<Problem[]> {
    return checkAudience((await this.programs.definitions(scope)).definitions, audience, path);
  }
}
