import * as z from 'zod/mini';
import { ActivityType } from '#activities/activity-type.js';
import { Badge } from '#badges/badge.js';
import { Currency } from '#currencies/currency.js';
import { Board } from '#leaderboards/board.js';
import { MemberAttribute } from '#members/member-attribute.js';
import { Mission } from '#missions/mission.js';
import { Referral } from '#referrals/referral.js';
import { Rule } from '#rules/rule.js';
import { Tier } from '#tiers/tier.js';

/**
 * Everything that a program version defines. The order within a list is the order in which the engine decides; tiers
 * stand from the lowest up.
 */
export const Definitions = z.strictObject({
  activityTypes: z.array(ActivityType).check(z.maxLength(200)),
  currencies: z.array(Currency).check(z.maxLength(20)),
  rules: z.array(Rule).check(z.maxLength(500)),
  missions: z.array(Mission).check(z.maxLength(500)),
  badges: z.array(Badge).check(z.maxLength(500)),
  tiers: z.array(Tier).check(z.maxLength(20)),
  /** The first one is the program's main board. */
  boards: z._default(z.array(Board).check(z.maxLength(20)), []),
  /** What the program knows of its members. */
  memberAttributes: z.optional(z.array(MemberAttribute).check(z.maxLength(50))),
  /** At most one: what makes an invitation count. */
  referrals: z._default(z.array(Referral).check(z.maxLength(1)), []),
});
export type Definitions = z.infer<typeof Definitions>;

/** The name of a list of definitions. */
export type DefinitionKind = Exclude<keyof Definitions, 'memberAttributes'>;

export const DEFINITION_KINDS = [
  'activityTypes',
  'currencies',
  'rules',
  'missions',
  'badges',
  'tiers',
  'boards',
  'referrals',
] as const satisfies readonly DefinitionKind[];

/** What versions differ in: all of these, and what the program knows of its members. */
export const CHANGE_KINDS = [...DEFINITION_KINDS, 'memberAttributes'] as const satisfies readonly (keyof Definitions)[];
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A set of definitions as it was stored, before there were boards and referrals, with every list that there is now. */
export function completeDefinitions(
  stored: Partial<Definitions> & Omit<Definitions, 'boards' | 'referrals'>,
): Definitions {
  return { ...stored, boards: stored.boards ?? [], referrals: stored.referrals ?? [] };
}
