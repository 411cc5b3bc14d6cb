import type { Badge } from '@verbena/shared/badges/badge.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { checkCounted, checkDay, problem } from '#engine/check-definition.js';
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
    ...(series !== undefined && twin < index
      ? problem([...path, 'series', 'level'], 'badge.sameLevel', { id: series.id })
      : []),
    ...(expires !== undefined && 'until' in expires ? checkDay(expires.until, [...path, 'expires', 'until']) : []),
  ];
}

function compileBadge(badge: Badge, { current, counters }: CompileInput): CompiledBadge {
  const { grant } = badge;
  if (grant.kind === 'reward') return { definition: badge, count: null };
  const { activity, where, target } = grant;
  const counter = compileCounter({
    activity,
    where,
    attributes: attributesOf({ activity }, current),
    bucket: 'ever',
    zone: 'program',
  });
  counters.declare(counter);
  return { definition: badge, count: { trigger: triggerKey({ activity }), counter: counter.id, target } };
}
