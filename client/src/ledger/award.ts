import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import type { TierMoved } from '@verbena/shared/ledger/effect.js';
import type { Showable } from '#lib/live/what-to-show.js';

/** What an entry gave its member, as far as it deserves to be said. */
export interface Award extends Showable {
  /** Points that came, by currency. */
  readonly points: Readonly<Record<string, number>>;
  readonly missions: readonly string[];
  readonly badges: readonly string[];
  readonly tier: TierMoved | undefined;
  readonly entry: EntryRecorded;
}

/** The award of an entry; undefined where it gave nothing that anybody would want to hear of. */
export function awardOf(q: number, at: string, entry: EntryRecorded): Award | undefined {
  const points: Record<string, number> = {};
  for (const line of entry.lines) {
    if (line.kind === 'earn' && line.amount > 0) points[line.currency] = (points[line.currency] ?? 0) + line.amount;
  }
  const missions = entry.effects.flatMap((effect) => (effect.type === 'mission.completed' ? [effect.mission] : []));
  const badges = entry.effects.flatMap((effect) => (effect.type === 'badge.granted' ? [effect.badge] : []));
  const tier = entry.effects.findLast((effect) => effect.type === 'tier.moved');
  const isWorthSaying =
    Object.keys(points).length > 0 || missions.length > 0 || badges.length > 0 || tier !== undefined;
  return isWorthSaying ? { q, at, points, missions, badges, tier, entry } : undefined;
}

/** The points of several awards together, by currency. */
export function sumPoints(awards: readonly Award[]): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (const award of awards) {
    for (const [currency, amount] of Object.entries(award.points)) sum[currency] = (sum[currency] ?? 0) + amount;
  }
  return sum;
}
