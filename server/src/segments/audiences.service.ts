import { Injectable } from '@nestjs/common';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Role } from '@verbena/shared/identity/permissions.js';
import type { Audience } from '@verbena/shared/segments/audience.js';
import type { Path } from '#engine/check-definition.js';
import { initialState } from '#engine/initial-state.js';
import { LedgerService } from '#ledger/ledger.service.js';
import { ExpiringCache } from '#platform/cache/expiring-cache.js';
import { Clock } from '#platform/clock/clock.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { type AudienceSubject, checkAudience, isIn } from './audience.js';

export type { AudienceSubject } from './audience.js';

/** A tier or badge that was lost closes what it had opened within this time, well below five seconds; so does one that was won. */
const BELIEVED_MS = 1_000;
const REMEMBERED_MAX = 20_000;

/** Who belongs to whom something is for. */
@Injectable()
export class AudiencesService {
  private readonly subjects = new ExpiringCache<AudienceSubject>(BELIEVED_MS, REMEMBERED_MAX);

  constructor(
    private readonly ledger: LedgerService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  /** What audiences are asked about a login: as the member that it is, or, where it is none (`null`), as one who begins. */
  subjectOf(scope: Scope, member: string | null, role: Role): Promise<AudienceSubject> {
    return this.subjects.get(`${scope.program}|${member ?? ''}|${role}`, async () => {
      const program = await this.programs.inForce(scope.program, this.clock.now());
      const ledger = member === null ? null : await this.ledger.stateOf(scope, member);
      return { role, program, state: ledger?.state ?? initialState(program) };
    });
  }

  isIn(audience: Audience, subject: AudienceSubject): boolean {
    return isIn(audience, subject);
  }

  /** What is wrong with an audience, in the light of what the program defines today. */
  async check(scope: Scope, audience: Audience, path: Path): Promise<Problem[]> {
    return checkAudience((await this.programs.definitions(scope)).definitions, audience, path);
  }
}
