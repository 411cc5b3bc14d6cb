import { DiscoveryService } from '@nestjs/core';
import type { BoardsChoice } from '@verbena/shared/members/members.routes.js';
import type { Scope } from '#platform/mongo/scope.js';

/** What the journal knew of a member at a moment. `zone` null: it had not chosen one of its own. */
export interface MemberThen {
  readonly enrolment: 'enrolled' | 'left';
  readonly zone: string | null;
  readonly boards: BoardsChoice;
}

/**
 * Who knows members as they were. Exactly one provider is found at boot by `@TellsMemberPast()`; it stands above this module,
 * which keeps only what is so now.
 */
export interface MemberPast {
  /** Refuses with `asOf.inFuture`, `asOf.beforeProgram`, `asOf.beforeMember`. */
  memberThen(scope: Scope, member: string, asOf: string): Promise<MemberThen>;
}

export const TellsMemberPast = DiscoveryService.createDecorator();
