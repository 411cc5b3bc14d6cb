/** The demo program and the people whose logins are shown. */
export const PLAZA = { slug: 'plaza', name: 'Plaza Verbena' } as const;

/**
 * The password of the demo's logins where only this machine can reach them. It is no secret: the documentation has it, so
 * an installation that others can reach gets one of its own.
 */
export const DEMO_PASSWORD = 'farolillos-de-verano';

/** A member with half a year behind her, one purchase away from a mission and, most months, from the next tier. */
export const LUCIA = {
  email: 'lucia@plaza.verbena.example',
  name: 'Lucía Herrero Campos',
  alias: 'Lucía H.',
  externalId: '1808',
} as const;

/** Somebody who joined today. */
export const MARCOS = {
  email: 'marcos@plaza.verbena.example',
  name: 'Marcos Aguilar Rey',
  alias: 'Marcos A.',
  externalId: 'plaza-nueva-1',
} as const;

/** Somebody whom Lucía invited. */
export interface DemoFriend {
  readonly email: string;
  readonly name: string;
  readonly alias: string;
}

/** They joined by her link and have not bought yet: a purchase of theirs rewards both. */
export const FRIENDS: readonly DemoFriend[] = [
  { email: 'nuria@plaza.verbena.example', name: 'Nuria Calvo Ferrer', alias: 'Nuria C.' },
  { email: 'dani@plaza.verbena.example', name: 'Daniel Prieto Sanz', alias: 'Dani' },
];

/** How many other members have bought in the present week, so that its board is a race from the first look. */
export const RIVALS_THIS_WEEK = 14;

/** Who runs the program. */
export const OWNER = { email: 'gerencia@plaza.verbena.example', name: 'Adela Montes' } as const;

/** How many purchases of this month Lucía has before the one that a visitor sends: one less than `diez-visitas` asks. */
export const VISITS_BEFORE = 9;

/** How many points to the next tier are left to that purchase. */
export const POINTS_LEFT = 40;

/** The purchase that the `curl` of the demo sends. */
export const VISITORS_PURCHASE = {
  totalMinor: 4_850,
  privateLabelMinor: 0,
  store: 'Librería Alba',
  departments: [{ name: 'Librería', amountMinor: 4_850 }],
} as const;

/** For whom keys may speak in the demo, beside the program. */
export const BRAND = { slug: 'moda-sur', name: 'Moda Sur' } as const;
export const SHOP = { slug: 'moda-sur-centro', name: 'Moda Sur, Centro' } as const;
