import { FORUM_ACTIVITIES } from '@verbena/shared/forums/forum-activities.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Earning } from '@verbena/shared/rules/rule.js';

const fixed = (points: number): Earning['amount'] => ({ product: [{ ratio: [points, 1] }] });

/** What the forum gives in tests, beside what the preset does: of `gracias`, a currency that nothing else gives. */
export const GRACIAS = { 'forum.thread': 5, 'forum.reply': 3, 'forum.reaction': 2, 'forum.accepted': 10 } as const;

/** Has a program give `gracias` for each thing that the forum tells. */
export function withGracias(definitions: Definitions, given: Partial<Earning> = {}): void {
  const { activityTypes, currencies, rules } = definitions;
  for (const { id, name, attributes } of FORUM_ACTIVITIES) {
    const present = activityTypes.find((type) => type.id === id);
    if (present === undefined) activityTypes.push({ id, rev: 1, name, from: 'program', attributes });
    else present.attributes = attributes;
    const earn = [{ currency: 'gracias', amount: fixed(GRACIAS[id]), ...given }];
    rules.push({
      id: `gracias-${id.slice('forum.'.length)}`,
      rev: 1,
      name,
      on: { activity: id },
      earn,
      zone: 'program',
    });
  }
  currencies.push({
    id: 'gracias',
    rev: 1,
    name: { es: 'Gracias', en: 'Thanks' },
    unit: { one: { es: 'gracia', en: 'thank' }, other: { es: 'gracias', en: 'thanks' } },
    expiry: { kind: 'never' },
    zone: 'program',
  });
}
