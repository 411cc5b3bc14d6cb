import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { ROLES } from '@verbena/shared/platform/manifest.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { CONDITION_DEPTH_MAX, fieldTestOf } from '@verbena/shared/rules/condition.js';
import type { Audience } from '@verbena/shared/segments/audience.js';
import { checkCondition, type Path, problem } from '#engine/check-definition.js';
import { compileFieldTest } from '#engine/compile-field-test.js';
import { knownOf } from '#engine/compile-trigger.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { own } from '#engine/own.js';

/** What audiences are asked about somebody. */
export interface AudienceSubject {
  readonly role: (typeof ROLES)[number];
  readonly state: Pick<MemberState, 'tier' | 'badges' | 'attributes'>;
  readonly program: Pick<CompiledProgram, 'tiers' | 'memberAttributes'>;
}

/**
 * Whether somebody belongs to an audience. The same tests as in a condition give the same answers; a tier or badge that the program has
 * no more is nobody's.
 */
export function isIn(audience: Audience, subject: AudienceSubject): boolean {
  if ('not' in audience) return !isIn(audience.not, subject);
  if ('all' in audience) return audience.all.every((part) => isIn(part, subject));
  if ('any' in audience) return audience.any.some((part) => isIn(part, subject));
  if ('role' in audience) return ROLES.indexOf(subject.role) >= ROLES.indexOf(audience.role.atLeast);
  if ('badge' in audience) return own(subject.state.badges, audience.badge) !== undefined;
  if ('member' in audience) {
    const known = knownOf({ activityTypes: [], memberAttributes: [...subject.program.memberAttributes] });
    return compileFieldTest(fieldTestOf(audience), known)(subject.state.attributes ?? {});
  }
  const held = tierOf(subject);
  if ('is' in audience.tier) return held?.id === audience.tier.is;
  const wanted = ladderOf(subject).find(({ id }) => id === (audience.tier as { atLeast: string }).atLeast);
  return held !== undefined && wanted !== undefined && held.threshold >= wanted.threshold;
}

/** What is wrong with an audience in the light of what the program defines: an empty list where it can be asked. */
export function checkAudience(definitions: Definitions, audience: Audience, path: Path, depth = 1): Problem[] {
  if (depth > CONDITION_DEPTH_MAX) return problem(path, 'condition.tooDeep', { maximum: CONDITION_DEPTH_MAX });
  const inside = (part: Audience, place: Path) => checkAudience(definitions, part, place, depth + 1);
  if ('not' in audience) return inside(audience.not, [...path, 'not']);
  if ('all' in audience) return audience.all.flatMap((part, at) => inside(part, [...path, 'all', at]));
  if ('any' in audience) return audience.any.flatMap((part, at) => inside(part, [...path, 'any', at]));
  if ('role' in audience) return [];
  return checkCondition(definitions, null, audience, path);
}

const ladderOf = ({ program }: Pick<AudienceSubject, 'program'>) =>
  program.tiers.ladder.map(({ definition }) => definition);

/** The tier held, as its revision says; who began before the program had tiers stands on the lowest. */
function tierOf({ state, program }: AudienceSubject) {
  if (state.tier === null) return program.tiers.ladder[0]?.definition;
  return program.tiers.find(state.tier.id, state.tier.rev)?.definition;
}
