import { isSystemType } from '@verbena/shared/activities/activity-type.js';
import type { Entry } from '@verbena/shared/ledger/entry-recorded.js';
import type { Member } from '@verbena/shared/members/members.routes.js';
import type { Rule } from '@verbena/shared/rules/rule.js';

/** So long after joining, whoever has not done them does not want to. */
const SHOWN_DAYS = 30;
/** Nobody with so long a journal is new, whenever the program got to know them; all of it is read for the steps. */
export const ENTRIES_MAX = 20;

export interface FirstStep {
  readonly id: 'profile' | 'buy' | 'invite';
  readonly done: boolean;
}

export interface FirstDays {
  readonly profile: Pick<Member, 'profileCompleted' | 'joinedAt'>;
  /** How many entries the journal has. */
  readonly seq: number;
  /** All of them. */
  readonly entries: readonly Pick<Entry, 'cause' | 'outcome'>[];
  /** Friends who joined by the member's link; undefined where the program rewards no invitations. */
  readonly friends: number | undefined;
}

/** Somebody who has just come: the first steps may concern them. */
export function isNew({ profile, seq }: Pick<FirstDays, 'profile' | 'seq'>, nowMs: number): boolean {
  return seq <= ENTRIES_MAX && nowMs - Date.parse(profile.joinedAt) <= SHOWN_DAYS * 86_400_000;
}

/** What somebody new can do first, each with whether it is done; none once all are, or once the first weeks are over. */
export function listFirstSteps(days: FirstDays, nowMs: number): readonly FirstStep[] {
  if (!isNew(days, nowMs)) return [];
  const { profile, entries, friends } = days;
  const hasBought = entries.some(({ cause, outcome }) => outcome === 'accepted' && isFromAShop(cause));
  const steps: FirstStep[] = [
    { id: 'profile', done: profile.profileCompleted },
    { id: 'buy', done: hasBought },
    ...(friends === undefined ? [] : [{ id: 'invite' as const, done: friends > 0 }]),
  ];
  return steps.every(({ done }) => done) ? [] : steps;
}

/** No till has these channels: in the journals of before, what the house told of itself had them, and histories that came in. */
const NO_TILL: readonly string[] = ['system', 'import', 'staff'];

/**
 * Sent by a till of the program, of a brand or of a shop, or written down by its staff: not by the member, nor by the house itself. What
 * missions count is no sign of it, for they may count anything.
 */
function isFromAShop({ type, source, channel }: Entry['cause']): boolean {
  if (isSystemType(type)) return false;
  if (source === 'program') return !NO_TILL.includes(channel);
  return source === 'staff' || source.startsWith('brand:') || source.startsWith('shop:');
}

/** What the rules give for a completed profile, where it is a fixed number, by currency. */
export function pointsForProfile(rules: readonly Rule[]): Readonly<Record<string, number>> {
  const points: Record<string, number> = {};
  for (const { on, earn } of rules) {
    if (!('activity' in on) || on.activity !== 'profile.completed') continue;
    for (const { currency, amount } of earn) {
      const [factor, ...others] = amount.product;
      if (factor === undefined || others.length > 0 || !('ratio' in factor)) continue;
      points[currency] = (points[currency] ?? 0) + Math.floor(factor.ratio[0] / factor.ratio[1]);
    }
  }
  return points;
}
