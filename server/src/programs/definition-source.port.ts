import { DiscoveryService } from '@nestjs/core';
import type { DefinitionCompiler } from '#engine/compiled-program.js';
import type { DefinitionCompilers } from '#engine/compile-program.js';
import { DEFINITION_KINDS, type DefinitionKind } from '@verbena/shared/programs/definitions.js';

/**
 * What a definition module hands to programs: which list of definitions is its own, what is wrong with one, and what the
 * engine makes of it. The value itself is pure (`rules/rules.definitions.ts`), so laws and tests use it without Nest.
 */
export type DefinitionSource = { [K in DefinitionKind]: DefinitionCompiler<K> }[DefinitionKind];

/** Marks a provider that carries the `DefinitionSource` of its module; programs finds all of them at boot. */
export const ProvidesDefinitions = DiscoveryService.createDecorator();

/** The shape of such a provider. */
export interface DefinitionProvider {
  readonly source: DefinitionSource;
}

/**
 * One source for each list.
 * @throws where a list has two owners or none; a server that cannot decide does not boot.
 */
export function collectSources(sources: readonly DefinitionSource[]): DefinitionCompilers {
  for (const kind of DEFINITION_KINDS) {
    const owners = sources.filter((source) => source.kind === kind).length;
    if (owners !== 1) throw new Error(`${kind} must have one definition source and has ${owners}.`);
  }
  return {
    activityTypes: sourceOf(sources, 'activityTypes'),
    currencies: sourceOf(sources, 'currencies'),
    rules: sourceOf(sources, 'rules'),
    missions: sourceOf(sources, 'missions'),
    badges: sourceOf(sources, 'badges'),
    tiers: sourceOf(sources, 'tiers'),
    boards: sourceOf(sources, 'boards'),
    referrals: sourceOf(sources, 'referrals'),
  };
}

function sourceOf<K extends DefinitionKind>(
  sources: readonly DefinitionSource[],
  kind: K,
): Extract<DefinitionSource, { kind: K }> {
  const found = sources.find((source): source is Extract<DefinitionSource, { kind: K }> => source.kind === kind);
  if (found === undefined) throw new Error(`${kind} has no definition source.`);
  return found;
}
