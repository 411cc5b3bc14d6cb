import type { Format } from '@verbena/shared/words/format.js';

/** What the staff keep of a member by hand: its streaks, its badges, what the program knows of it; in Spanish. */
export const es = {
  streaksTitle: 'Rachas',
  weekFrom: (p: { day: string }) => `Semana del ${p.day}`,
  states: {
    free: 'con actividad',
    used: 'ya sirvió para completarla',
    missed: 'sin actividad',
    now: 'en curso, sin actividad todavía',
    kept: 'sin actividad, pero la racha sigue',
  },
  unitsCaption: (p: { mission: string }) => `Plazos de la racha «${p.mission}», el último primero`,
  columnUnit: 'Plazo',
  columnState: 'Cómo está',
  nothingYet: 'Todavía no ha empezado ninguna.',
  freezesHeld: (p: { held: number; max: number }, f: Format) =>
    `${f.count(p.held, { one: 'Tiene # comodín', other: 'Tiene # comodines' })} de ${f.number(p.max)}.`,
  pausePlanned: (p: { from: string; until: string }) => `En pausa del ${p.from} al ${p.until}, ambos incluidos.`,
  notBroken: 'No hay nada que restaurar: la racha no se ha roto.',
  restore: 'Restaurar la racha',
  restoreOf: (p: { mission: string }) => `Restaurar la racha: ${p.mission}`,
  restoreLead: (p: { mission: string; name: string }) =>
    `El plazo que elijas deja de cortar la racha «${p.mission}» de ${p.name}. No se puede deshacer.`,
  period: 'Qué plazo se restaura',
  restored: 'Racha restaurada.',
  grant: 'Dar comodines',
  grantOf: (p: { mission: string }) => `Dar comodines: ${p.mission}`,
  grantLead: (p: { mission: string; name: string }) =>
    `Para la racha «${p.mission}» de ${p.name}. Cada comodín la salva una vez, él solo.`,
  freezes: 'Cuántos comodines',
  freezesHint: (p: { held: number; max: number }, f: Format) =>
    `Tiene ${f.number(p.held)} de ${f.number(p.max)}; de ahí no pasa.`,
  freezesMissing: 'Escribe cuántos, del 1 al 30.',
  granted: (p: { held: number }, f: Format) =>
    f.count(p.held, { one: 'Ahora tiene # comodín.', other: 'Ahora tiene # comodines.' }),

  badgesCaption: 'Insignias del socio, la última primero',
  badgesNone: 'Todavía no tiene ninguna insignia.',
  columnBadge: 'Insignia',
  columnSince: 'Desde',
  columnUntil: 'Hasta',
  columnActions: 'Acciones',
  noEnd: 'Sin fecha',
  withdraw: 'Retirar',
  withdrawOf: (p: { badge: string }) => `Retirar la insignia ${p.badge}`,
  withdrawTitle: 'Retirar la insignia',
  withdrawLead: (p: { badge: string; name: string }) =>
    `${p.name} deja de tener la insignia ${p.badge}. Si la gana otra vez, le volverá a dar lo mismo.`,
  withdrawAlone: 'No trajo nada que haya que quitar con ella.',
  withdrawAlong: 'Con ella se va lo que trajo:',
  alongMission: (p: { mission: string }) => `La misión ${p.mission}, que habrá que completar de nuevo`,
  alongTier: (p: { tier: string }) => `La categoría: se queda en ${p.tier}`,
  alongBadge: (p: { badge: string }) => `La insignia ${p.badge}`,
  withdrawn: (p: { badge: string }) => `Insignia ${p.badge} retirada.`,

  attributesTitle: 'Lo que el programa sabe',
  attributesChange: 'Cambiar',
  attributesChangeOf: 'Cambiar lo que el programa sabe',
  attributesLead: (p: { name: string }) =>
    `Las reglas, las misiones y las categorías pueden preguntar por estos datos de ${p.name}. Lo que dejes vacío se borra.`,
  attributesSame: 'No has cambiado nada.',
  attributesSave: 'Guardar',
  attributesSaved: 'Guardado: cuenta desde la próxima actividad.',
  unknown: 'Sin decir',
};

export type StaffKeepsWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    staffKeeps: StaffKeepsWords;
  }
}
