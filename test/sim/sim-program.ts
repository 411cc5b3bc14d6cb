import { PRESETS } from '@verbena/seeds/presets/presets.js';
import type { Mission } from '@verbena/shared/missions/mission.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { definitionCompilers } from '#support/definition-compilers.js';

export const PROGRAM = '01J00000000000000000000S1M';
export const ZONE = 'Europe/Madrid';

const plaza: Definitions = PRESETS['shopping-centre'].definitions;
/** For the first few coupons of a week, of all members: it gives nothing, so that the plain model need not know of it. */
const firstCoupons: Mission = {
  id: 'primeros-cupones',
  rev: 1,
  name: { es: 'Los primeros cupones' },
  description: { es: 'Para quien llega antes.' },
  on: { activity: 'coupon.redeemed' },
  goal: { kind: 'count', target: 1, per: 'day' },
  reward: { points: [], badges: [] },
  budget: { limit: 3, per: 'week' },
  zone: 'program',
};
const first: Definitions = { ...plaza, missions: [...plaza.missions, firstCoupons] };
/** The next version of the program: own brands bring half more, as long as what all share lasts; one place less each week, coupons have a mission and a badge, silver asks for less, and the year has a board. */
const second: Definitions = {
  ...first,
  rules: first.rules.map((rule) =>
    rule.id === 'marca-propia'
      ? {
          ...rule,
          rev: 2,
          earn: [
            {
              currency: 'puntos',
              amount: { product: [{ field: 'privateLabelMinor' }, { ratio: [3, 200] }] },
              budget: { limit: 120, per: 'month', whenShort: 'partial' },
            },
          ],
        }
      : rule,
  ),
  missions: [
    ...plaza.missions,
    { ...firstCoupons, rev: 2, budget: { limit: 2, per: 'week' } },
    {
      id: 'cuatro-cupones',
      rev: 1,
      name: { es: 'Cuatro cupones' },
      description: { es: 'Cuatro cupones en un mes.' },
      on: { activity: 'coupon.redeemed' },
      goal: { kind: 'count', target: 4, per: 'month' },
      reward: { points: [{ currency: 'puntos', amount: 40 }], badges: [] },
      zone: 'program',
    },
  ],
  badges: [
    ...first.badges,
    {
      id: 'tres-cupones',
      rev: 1,
      name: { es: 'Tres cupones' },
      description: { es: 'Con tu tercer cupón.' },
      grant: { kind: 'count', activity: 'coupon.redeemed', target: 3 },
    },
  ],
  // Less is asked for silver: whoever stands there rises at once, before anything else is decided under this version.
  tiers: first.tiers.map((tier) => (tier.id === 'plata' ? { ...tier, rev: 2, threshold: 10 } : tier)),
  boards: [
    ...first.boards,
    {
      id: 'anual',
      rev: 1,
      name: { es: 'Del año' },
      currency: 'puntos',
      period: 'year',
      ties: 'earliest',
      zone: 'program',
    },
  ],
};

function compiled(version: number, definitions: Definitions, older: Definitions[]): CompiledProgram {
  const versions = older.map((one, index) => ({ version: index + 1, definitions: one }));
  return compileProgram({ zone: ZONE, time: 'wall' }, { version, definitions }, versions, definitionCompilers);
}

const versions = [compiled(1, first, []), compiled(2, second, [first])] as const;

/** The program's versions of one run: the second is in force from a moment on. */
export class SimProgram {
  constructor(private readonly secondFromMs: number) {}

  inForce(atMs: number): CompiledProgram {
    return atMs < this.secondFromMs ? versions[0] : versions[1];
  }

  atVersion(version: number): CompiledProgram {
    const found = versions[version - 1];
    if (found === undefined) throw new Error(`There is no version ${version}.`);
    return found;
  }

  /** As the programs' own document says it. */
  documentAt(wallMs: number) {
    return {
      _id: PROGRAM,
      slug: 'plaza',
      name: 'Plaza',
      language: 'es' as const,
      zone: ZONE,
      currency: 'EUR',
      time: 'wall' as const,
      shiftWeeks: null,
      version: wallMs < this.secondFromMs ? 1 : 2,
      createdAt: new Date(Date.UTC(2026, 0, 1)),
    };
  }
}
