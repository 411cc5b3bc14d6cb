import { randomBytes } from 'node:crypto';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import type { ActivityDraft } from '@verbena/shared/activities/activities.routes.js';
import type { ApiKeyDraft } from '@verbena/shared/identity/api-keys.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { ProgramDraft } from '@verbena/shared/programs/programs.routes.js';
import { SEED, Seeded } from './seeded.js';

const random = new Seeded(SEED);
let made = 0;
/** Files of one run may share stores; their names must not meet. */
const FILE = randomBytes(3).toString('hex');

/** A number that no other thing of this file has. */
function serial(): number {
  made += 1;
  return made;
}

const FIRST_NAMES = ['Lucía', 'Marcos', 'Begoña', 'Iñaki', 'Noa', 'Ximena', 'Andrés', 'Concepción'] as const;
const SURNAMES = ['Peña', 'Ibáñez', 'Castaño', 'Muñoz', 'Zúñiga', 'Ortuño', 'Agüero', 'Núñez'] as const;
const SHOPS = ['Frutería La Huerta', 'Panadería Sol', 'Librería Nube', 'Zapatería Andar'] as const;

/** The sections of the shopping centre, enough for `ocho-secciones` and one more. */
export const DEPARTMENTS = [
  'Frutería',
  'Panadería',
  'Pescadería',
  'Carnicería',
  'Librería',
  'Moda',
  'Hogar',
  'Juguetes',
  'Jardín',
] as const;

/** A new program from the preset `shopping-centre`. */
export function aProgram(given: Partial<ProgramDraft> = {}): ProgramDraft {
  return { slug: `plaza-${FILE}-${serial()}`, name: 'Plaza Verbena', preset: 'shopping-centre', ...given };
}

/**
 * The preset's definitions whose ten visits have no last day: in the last days of a month nobody is offered at home what asks for
 * more than the days that are left.
 */
export const withoutLastDay: Definitions = {
  ...shoppingCentre,
  missions: shoppingCentre.missions.map((mission) =>
    mission.id === 'diez-visitas' && mission.goal.kind === 'count'
      ? { ...mission, goal: { ...mission.goal, per: 'ever' } }
      : mission,
  ),
};

/** A person, before anybody knows it: the name, the address, and the shop's own id of it. */
export interface MemberDraft {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly externalId: string;
}

export function aMember(given: Partial<MemberDraft> = {}): MemberDraft {
  const number = serial();
  return {
    name: `${random.pick(FIRST_NAMES)} ${random.pick(SURNAMES)}`,
    email: `persona-${FILE}-${number}@example.com`,
    password: `una-clave-larga-${number}`,
    externalId: `tarjeta-${FILE}-${number}`,
    ...given,
  };
}

/** An API key that may send purchases and coupons and read what became of them. */
export function anApiKey(given: Partial<ApiKeyDraft> = {}): ApiKeyDraft {
  return {
    name: 'Caja',
    types: ['purchase', 'coupon.redeemed'],
    permissions: ['activities.write', 'activities.read', 'members.read'],
    ...given,
  };
}

export interface PurchaseGiven extends Partial<ActivityDraft> {
  readonly totalMinor?: number;
  readonly privateLabelMinor?: number;
  readonly departments?: readonly string[];
  /** Instead of `member`: the shop's own id of it. */
  readonly externalId?: string;
}

/** A purchase of 10.00 to 99.99 euros, now, unless said otherwise. */
export function aPurchase(given: PurchaseGiven = {}): ActivityDraft {
  const { totalMinor, privateLabelMinor, departments, externalId, attributes, ...draft } = given;
  return {
    key: aKey('ticket'),
    type: 'purchase',
    member: { externalId: externalId ?? `tarjeta-${FILE}-${serial()}` },
    attributes: {
      totalMinor: totalMinor ?? random.between(1_000, 9_999),
      store: random.pick(SHOPS),
      ...(privateLabelMinor === undefined ? {} : { privateLabelMinor }),
      ...(departments === undefined
        ? {}
        : { departments: departments.map((name) => ({ name, amountMinor: random.between(0, 900) })) }),
      ...attributes,
    },
    ...draft,
  };
}

/** A coupon redeemed now. */
export function aCoupon(given: Partial<ActivityDraft> & { readonly externalId?: string } = {}): ActivityDraft {
  const { externalId, ...draft } = given;
  return {
    key: aKey('cupon'),
    type: 'coupon.redeemed',
    member: { externalId: externalId ?? `tarjeta-${FILE}-${serial()}` },
    attributes: { coupon: `OTOÑO-${serial()}`, campaign: 'otoño' },
    ...draft,
  };
}

/** An idempotency key that nothing else has. */
export function aKey(what = 'clave'): string {
  return `${what}-${FILE}-${serial()}`;
}
