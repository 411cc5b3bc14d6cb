import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import type { ActivityReversed, TierMoved, UndoApplied } from '@verbena/shared/ledger/effect.js';
import type { Showable } from '#lib/live/what-to-show.js';

/** What an entry gave its member, or took back from it, as far as it deserves to be said. */
export interface Award extends Showable {
  /** Points that came, by currency; below 0 where a reversal took them back. */
  readonly points: Readonly<Record<string, number>>;
  readonly missions: readonly string[];
  readonly badges: readonly string[];
  readonly tier: TierMoved | undefined;
  /** It takes an earlier activity, or a mistake of the rules, back: told calmly, never celebrated. */
  readonly reversal: ActivityReversed | UndoApplied | undefined;
  readonly entry: EntryRecorded;
}

/** The award of an entry; undefined where it gave nothing that anybody would want to hear of. */
export function awardOf(q: number, at: string, entry: EntryRecorded): Award | undefined {
  const reversal = entry.effects.find(
    (effect) => effect.type === 'activity.reversed' || effect.type === 'undo.applied',
  );
  // Nobody is told of a correction that came without a word.
  if (reversal?.type === 'undo.applied' && entry.cause.attributes['message'] === undefined) return undefined;
  const points: Record<string, number> = {};
  const isTaken =
    reversal !== undefined || entry.effects.some((effect) => effect.type === 'badge.revoked' && effect.by === 'staff');
  for (const { currency, amount, kind, pocket } of entry.lines) {
    if (pocket !== undefined) continue;
    if (isTaken || kind === 'earn' || kind === 'adjust' || kind === 'receive' || kind === 'merge')
      points[currency] = (points[currency] ?? 0) + amount;
  }
  for (const [currency, amount] of Object.entries(points)) if (amount === 0) delete points[currency];
  const missions = entry.effects.flatMap((effect) => (effect.type === 'mission.completed' ? [effect.mission] : []));
  const badges = entry.effects.flatMap((effect) => (effect.type === 'badge.granted' ? [effect.badge] : []));
  const tier = entry.effects.findLast((effect) => effect.type === 'tier.moved');
  const isWorthSaying =
    reversal !== undefined ||
    Object.keys(points).length > 0 ||
    missions.length > 0 ||
    badges.length > 0 ||
    tier !== undefined ||
    entry.effects.some(({ type }) => type === 'pending.set' || type === 'expiry.noticed');
  return isWorthSaying ? { q, at, points, missions, badges, tier, reversal, entry } : undefined;
}

/** Nothing of it is a reason to celebrate: something was taken back, points end soon, or a tier ended. */
export function isCalm({ reversal, tier, points, entry }: Award): boolean {
  return (
    reversal !== undefined ||
    tier?.direction === 'down' ||
    Object.values(points).some((amount) => amount < 0) ||
    entry.effects.some(({ type }) => type === 'expiry.noticed')
  );
}

/** The points of several awards together, by currency; one of which nothing is left is not named. */
export function sumPoints(awards: readonly Award[]): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (const award of awards) {
    for (const [currency, amount] of Object.entries(award.points)) sum[currency] = (sum[currency] ?? 0) + amount;
  }
  return Object.fromEntries(Object.entries(sum).filter(([, amount]) => amount !== 0));
}
