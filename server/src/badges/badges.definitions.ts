import type { Badge } from '@verbena/shared/badges/badge.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { checkApartField, checkCounted, checkDay, problem, type Path } from '#engine/check-definition.js';
import { compileCounter } from '#engine/compile-counter.js';
import { attributesOf } from '#engine/compile-trigger.js';
import type { CompiledBadge, CompileInput, DefinitionCompiler } from '#engine/compiled-program.js';
import { triggerKey } from '#engine/definition-graph.js';

/** Badges as definitions: a count of activities ever, in order of arrival, or the reward of a mission. */
export const badgesSource: DefinitionCompiler<'badges'> = {
  kind: 'badges',
  check: (definitions) => definitions.badges.flatMap((badge, index) => checkBadge(definitions, badge, index)),
  compile: (input) => input.current.badges.map((badge) => compileBadge(badge, input)),
};

function checkBadge(definitions: Definitions, { grant, series, expires }: Badge, index: number): Problem[] {
  const path = ['badges', index];
  const twin = definitions.badges.findIndex((other) => {
    return series !== undefined && other.series?.id === series.id && other.series.level === series.level;
  });
  return [
    ...(grant.kind === 'count' ? checkCounted(definitions, grant, [...path, 'grant']) : []),
    ...checkApart(definitions, grant, expires, path),
    ...(series !== undefined && twin < index
      ? problem([...path, 'series', 'level'], 'badge.sameLevel', { id: series.id })
      : []),
    ...(expires !== undefined && 'until' in expires ? checkDay(expires.until, [...path, 'expires', 'until']) : []),
  ];
}

/** What is counted for each value apart is held as long as that is reached. */
function checkApart(definitions: Definitions, grant: Badge['grant'], expires: Badge['expires'], path: Path): Problem[] {
  if (grant.kind !== 'count' || grant.by === undefined) return [];
  const attributes = attributesOf(grant, definitions);
  return [
    ...(attributes === null ? [] : checkApartField(attributes, grant.by, [...path, 'grant', 'by'])),
    ...(expires === undefined ? [] : problem([...path, 'expires'], 'badge.apartExpires')),
  ];
}

function compileBadge(badge: Badge, { current, counters }: CompileInput): CompiledBadge {
  const { grant } = badge;
  if (grant.kind === 'reward') return { definition: badge, count: null };
  const { activity, where, target, by } = grant;
  const attributes = attributesOf({ activity }, current);
  const counter = compileCounter({ activity, where, by, attributes, bucket: 'ever', zone: 'program' });
  counters.declare(counter);
  const { id, apart = null } = counter;
  return { definition: badge, count: { trigger: triggerKey({ activity }), counter: id, target, apart } };
}
