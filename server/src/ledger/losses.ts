import type { Losses } from '@verbena/shared/ledger/losses.js';
import type { JournalEntry } from './journal-entry.js';

/** What an entry that takes something back takes from its member. What it then owes goes too, with the next that it earns. */
export function lossesOf({ lines, effects }: Pick<JournalEntry, 'lines' | 'effects'>): Losses {
  const points: Record<string, number> = {};
  for (const { currency, amount, pocket } of lines)
    if (pocket !== 'held') points[currency] = (points[currency] ?? 0) + (pocket === 'owed' ? amount : -amount);
  const reverted = effects.filter((effect) => effect.type === 'mission.reverted');
  const moved = effects.findLast((effect) => effect.type === 'tier.moved' || effect.type === 'tier.extended');
  return {
    points: Object.fromEntries(Object.entries(points).filter(([, amount]) => amount !== 0)),
    missions: reverted.flatMap(({ mission, takenBack }) => (takenBack ? [mission] : [])),
    progress: reverted.flatMap(({ mission, takenBack }) => (takenBack ? [] : [mission])),
    badges: effects.flatMap((effect) => (effect.type === 'badge.revoked' ? [effect.badge] : [])),
    tier: moved === undefined ? null : { id: 'to' in moved ? moved.to : moved.tier, until: moved.until },
    caused: effects.reduce((sum, effect) => (effect.type === 'activity.reversed' ? sum + effect.causes : sum), 0),
  };
}
