import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { Losses } from '@verbena/shared/ledger/losses.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { Names } from '#programs/names.js';
import type { Speech } from '#lib/words/speech.js';
import type { ByHandWords } from './by-hand.es.js';

interface Decided {
  readonly lines: readonly PointsLine[];
  readonly effects: readonly Effect[];
}

/** What a decision moved of available balances, net, by currency; currencies that came out even are left out. */
export function sumLines(lines: readonly PointsLine[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { currency, amount, pocket } of lines)
    if (pocket === undefined) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}

/** What an activity gave besides points, a line each. A mission that was completed by it does not also progress. */
export function describeGains({ effects }: Decided, names: Names, speech: Speech, words: ByHandWords): string[] {
  const completed = new Set(effects.flatMap((effect) => (effect.type === 'mission.completed' ? [effect.mission] : [])));
  return effects.flatMap((effect) => {
    switch (effect.type) {
      case 'mission.completed':
        return [words.mission({ mission: names.mission(effect.mission) })];
      case 'mission.progressed':
        return completed.has(effect.mission)
          ? []
          : [
              words.missionProgress(
                { mission: names.mission(effect.mission), done: effect.progress, needed: effect.target },
                speech.format,
              ),
            ];
      case 'badge.granted':
        return [words.badge({ badge: names.badge(effect.badge) })];
      case 'tier.moved':
        return effect.direction === 'up' ? [words.tierUp({ tier: names.tier(effect.to) })] : [];
      default:
        return [];
    }
  });
}

/** What taking an activity back takes, a line each. */
export function describeLosses(losses: Losses, names: Names, { format }: Speech, words: ByHandWords): string[] {
  const { points, missions, progress, badges, tier, caused } = losses;
  return [
    ...Object.entries(points).map(([currency, amount]) =>
      words.undoPoints({ points: names.signedPoints(currency, -amount) }),
    ),
    ...missions.map((mission) => words.undoMission({ mission: names.mission(mission) })),
    ...progress.map((mission) => words.undoProgress({ mission: names.mission(mission) })),
    ...badges.map((badge) => words.undoBadge({ badge: names.badge(badge) })),
    ...(tier === null
      ? []
      : tier.until === null
        ? [words.undoTier({ tier: names.tier(tier.id) })]
        : [words.undoTierUntil({ tier: names.tier(tier.id), day: format.day(tier.until) })]),
    ...(caused === 0 ? [] : [words.undoCaused]),
  ];
}
