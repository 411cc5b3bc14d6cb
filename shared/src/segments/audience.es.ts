import { es as condition } from '#rules/condition.es.js';

/** How it is said whom something is for: of somebody, not to somebody. */
export const es = {
  ...condition,
  everybody: 'todo el mundo',
  member: (p: { label: string; demand: string }) => `su «${p.label}» ${p.demand}`,
  tierAtLeast: (p: { tier: string }) => `su categoría es ${p.tier} o más`,
  tierIs: (p: { tier: string }) => `su categoría es ${p.tier}`,
  tierBelow: (p: { tier: string }) => `su categoría es más baja que ${p.tier}`,
  tierIsNot: (p: { tier: string }) => `su categoría no es ${p.tier}`,
  badge: (p: { badge: string }) => `tiene la insignia «${p.badge}»`,
  notBadge: (p: { badge: string }) => `no tiene la insignia «${p.badge}»`,
  segment: (p: { segment: string }) => `está en el segmento «${p.segment}»`,
  notSegment: (p: { segment: string }) => `no está en el segmento «${p.segment}»`,
  role: {
    member: 'es del programa',
    moderator: 'modera o es del equipo',
    manager: 'es del equipo',
    owner: 'es responsable del programa',
  },
};

export type AudienceTellWords = typeof es;
