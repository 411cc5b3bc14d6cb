import type { Badge } from '@verbena/shared/badges/badge.js';
import { checkCounted } from '#engine/check-definition.js';
import { compileCounter } from '#engine/compile-counter.js';
import type { CompiledBadge, CompileInput, DefinitionCompiler } from '#engine/compiled-program.js';
import { triggerKey } from '#engine/definition-graph.js';

/** Badges as definitions: a count of activities ever, in order of arrival, or the reward of a mission. */
export const badgesSource: DefinitionCompiler<'badges'> = {
  kind: 'badges',
  check: (definitions) =>
    definitions.badges.flatMap(({ grant }, index) =>
      grant.kind === 'count' ? checkCounted(definitions, grant, ['badges', index, 'grant']) : [],
    ),
  compile: (input) => input.current.badges.map((badge) => compileBadge(badge, input)),
};

function compileBadge(badge: Badge, { counters }: CompileInput): CompiledBadge {
  const { grant } = badge;
  if (grant.kind === 'reward') return { definition: badge, count: null };
  const { activity, where, target } = grant;
  const counter = compileCounter({ activity, where, bucket: 'ever', zone: 'program' });
  counters.declare(counter);
  return { definition: badge, count: { trigger: triggerKey({ activity }), counter: counter.id, target } };
}
