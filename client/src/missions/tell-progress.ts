import type { Mission } from '@verbena/shared/missions/mission.js';
import { unitOf } from '@verbena/shared/missions/mission.js';
import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { StaffMemberWords } from '#members/staff-members.es.js';
import { describeAmount } from './describe-mission.js';

/**
 * How far a member is, in what the mission counts: `7 de 10 veces`, `120,00 € de 200,00 €`, `2 de 4 semanas seguidas`.
 * @param mission as it is defined now; a streak that is no longer defined is told without its unit
 */
export function tellProgress(
  card: MissionCard,
  mission: Mission | undefined,
  words: StaffMemberWords['progress'],
  format: Format,
): string {
  const done = describeAmount(Math.min(card.progress, card.target), card, format);
  const needed = describeAmount(card.target, card, format);
  const parts = { done, needed };
  if (card.unit !== undefined && card.kind !== 'shared') return words.plain(parts);
  switch (card.kind) {
    case 'count':
      return words.count({ done, target: card.target }, format);
    case 'distinct':
      return words.distinct(parts);
    case 'set':
      return words.set(parts);
    case 'sequence':
      return words.sequence({ done, target: card.target }, format);
    case 'shared':
      return words.shared({ ...parts, own: describeAmount(card.shared?.own ?? 0, card, format) });
    case 'streak':
      return mission?.goal.kind === 'streak' ? words.streak[unitOf(mission.goal)](parts) : words.plain(parts);
    case 'sum':
      return words.plain(parts);
  }
}
