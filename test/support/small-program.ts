import type { Badge } from '@verbena/shared/badges/badge.js';
import type { Mission } from '@verbena/shared/missions/mission.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Rule } from '@verbena/shared/rules/rule.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';

const name = { es: 'Nombre' };

/** The least program: visits, one currency that never ends, and whatever a test is about. */
export function aSmallProgram(given: Partial<Definitions> = {}): Definitions {
  return {
    boards: [],
    referrals: [],
    activityTypes: [
      {
        id: 'visit',
        rev: 1,
        name,
        attributes: {
          type: 'object',
          properties: {
            n: { type: 'integer' },
            shop: { type: 'string' },
            guest: { type: 'string', 'x-personal': true },
            age: { type: 'integer', 'x-personal': true },
            items: {
              type: 'array',
              items: { type: 'object', properties: { n: { type: 'integer' }, kind: { type: 'string' } } },
            },
          },
        },
      },
    ],
    currencies: [
      { id: 'puntos', rev: 1, name, unit: { one: name, other: name }, expiry: { kind: 'never' }, zone: 'program' },
    ],
    rules: [],
    missions: [],
    badges: [],
    tiers: [],
    ...given,
  };
}

export function aRule(given: Partial<Rule> = {}): Rule {
  const earn: Rule['earn'] = [{ currency: 'puntos', amount: { product: [{ ratio: [1, 1] }] } }];
  return { id: 'regla', rev: 1, name, on: { activity: 'visit' }, earn, zone: 'program', ...given };
}

export function aMission(given: Partial<Mission> = {}): Mission {
  return {
    id: 'mision',
    rev: 1,
    name,
    description: name,
    on: { activity: 'visit' },
    goal: { kind: 'count', target: 2, per: 'month' },
    reward: { points: [{ currency: 'puntos', amount: 10 }], badges: [] },
    zone: 'program',
    ...given,
  };
}

export function aBadge(given: Partial<Badge> = {}): Badge {
  return { id: 'insignia', rev: 1, name, description: name, grant: { kind: 'reward' }, ...given };
}

export function aTier(id: string, threshold: number, given: Partial<Tier> = {}): Tier {
  return { id, rev: 1, name, currency: 'puntos', threshold, percent: 100, benefits: [], zone: 'program', ...given };
}

/** A rule's fixed earning. */
export function points(amount: number): Rule['earn'] {
  return [{ currency: 'puntos', amount: { product: [{ ratio: [amount, 1] }] } }];
}
