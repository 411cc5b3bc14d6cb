import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Showcase } from '@verbena/shared/programs/programs.routes.js';

/** What a visitor may read of a set of definitions: the words and the fixed amounts, never the conditions or the caps. */
export function showProgram({ currencies, rules, missions, tiers }: Definitions): Showcase {
  return {
    currencies: currencies.map(({ id, name, unit }) => ({ id, name, one: unit.one, other: unit.other })),
    rules: rules.map(({ id, name, description }) => ({ id, name, description: description ?? null })),
    missions: missions.map(({ id, name, description, reward }) => ({ id, name, description, points: reward.points })),
    tiers: tiers.map(({ id, name, threshold, benefits }) => ({ id, name, threshold, benefits })),
  };
}
