import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { ROLES } from '@verbena/shared/platform/manifest.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { CONDITION_DEPTH_MAX, fieldTestOf } from '@verbena/shared/rules/condition.js';
import type { Audience } from '@verbena/shared/segments/audience.js';
import type { Segment } from '@verbena/shared/segments/segments.routes.js';
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
  /** The slugs of the segments to which it belongs. */
  readonly segments: ReadonlySet<string>;
}

/** What an audience may name. */
export interface Nameable {
  readonly definitions: Definitions;
  /** The slugs of the segments in use; null where none may be named: in the condition of one. */
  readonly segments: ReadonlySet<string> | null;
}

/** What stands in use of a segment: its condition, or null where it is a list. */
export type SegmentInUse = Pick<Segment, 'slug' | 'condition'>;

/** The slugs of the segments to which somebody belongs, who stands on these lists. */
export function segmentsOf(
  segments: readonly SegmentInUse[],
  lists: ReadonlySet<string>,
  subject: Omit<AudienceSubject, 'segments'>,
): ReadonlySet<string> {
  // No condition names a segment.
  const bare = { ...subject, segments: new Set<string>() };
  const own = segments.filter(({ slug, condition }) => (condition === null ? lists.has(slug) : isIn(condition, bare)));
  return new Set(own.map(({ slug }) => slug));
}

/**
 * Whether somebody belongs to an audience. The same tests as in a condition give the same answers; a tier or badge that the program has
 * no more is nobody's, and so is a segment that is not in use.
 */
export function isIn(audience: Audience, subject: AudienceSubject): boolean {
  if ('not' in audience) return !isIn(audience.not, subject);
  if ('all' in audience) return audience.all.every((part) => isIn(part, subject));
  if ('any' in audience) return audience.any.some((part) => isIn(part, subject));
  if ('role' in audience) return ROLES.indexOf(subject.role) >= ROLES.indexOf(audience.role.atLeast);
  if ('segment' in audience) return subject.segments.has(audience.segment);
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

/** What is wrong with an audience in the light of what there is: an empty list where it can be asked. */
export function checkAudience(known: Nameable, audience: Audience, path: Path, depth = 1): Problem[] {
  if (depth > CONDITION_DEPTH_MAX) return problem(path, 'condition.tooDeep', { maximum: CONDITION_DEPTH_MAX });
  const inside = (part: Audience, place: Path) => checkAudience(known, part, place, depth + 1);
  if ('not' in audience) return inside(audience.not, [...path, 'not']);
  if ('all' in audience) return audience.all.flatMap((part, at) => inside(part, [...path, 'all', at]));
  if ('any' in audience) return audience.any.flatMap((part, at) => inside(part, [...path, 'any', at]));
  if ('role' in audience) return [];
  if ('segment' in audience) return checkSegment(known, audience.segment, [...path, 'segment']);
  return checkCondition(known.definitions, null, audience, path);
}

function checkSegment({ segments }: Nameable, id: string, path: Path): Problem[] {
  if (segments === null) return problem(path, 'segment.nested');
  return segments.has(id) ? [] : problem(path, 'segment.unknown', { id });
}

const ladderOf = ({ program }: Pick<AudienceSubject, 'program'>) =>
  program.tiers.ladder.map(({ definition }) => definition);

/** The tier held, as its revision says; who began before the program had tiers stands on the lowest. */
function tierOf({ state, program }: AudienceSubject) {
  if (state.tier === null) return program.tiers.ladder[0]?.definition;
  return program.tiers.find(state.tier.id, state.tier.rev)?.definition;
}
