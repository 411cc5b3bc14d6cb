import type { Format } from '#words/format.js';

/** What a mission asks and gives besides its goal and its reward, in Spanish. */
export const es = {
  step: (p: { name: string; at: string; reward: string }) => `«${p.name}» con ${p.at} (${p.reward})`,
  stepInTurn: (p: { name: string; reward: string }) => `«${p.name}» (${p.reward})`,
  stepNothing: 'sin recompensa',
  resets: 'vuelve a empezar en cuanto se completa',
  requires: {
    mission: (p: { name: string }) => `haber completado la misión «${p.name}»`,
    badge: (p: { name: string }) => `tener la insignia «${p.name}»`,
    tier: (p: { name: string }) => `ser de la categoría «${p.name}» o de una más alta`,
  },
  hours: (p: { from: string; until: string }) => `de ${p.from} a ${p.until}`,
  times: (p: { count: number }, f: Format) => f.count(p.count, { one: '# vez en total', other: '# veces en total' }),
  timesAny: 'las que quieras',
  failure: (p: { trigger: string; days: string }) => `${p.trigger}: nada cuenta durante ${p.days}`,
  freezes: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: 'con # comodín', other: 'con hasta # comodines' }),
  freezesStart: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: 'con # para empezar', other: 'con # para empezar' }),
  freezesMore: (p: { count: number }, f: Format) =>
    f.count(p.count, { one: '# más al completarla', other: '# más al completarla' }),
  grace: (p: { days: string }) => `con ${p.days} de gracia`,
  pause: (p: { days: string }) => `con ${p.days} de pausa al año`,
  terms: {
    steps: (p: { steps: string }) => `Por el camino: ${p.steps}.`,
    resets: 'Vuelve a empezar en cuanto se completa.',
    requires: (p: { requires: string }) => `Antes hace falta ${p.requires}.`,
    window: (p: { window: string }) => `Solo cuenta ${p.window}.`,
    times: (p: { times: string }) => `Se puede completar ${p.times}.`,
    kept: 'Lo que completas se queda, aunque se anule lo que contó.',
    failure: (p: { failure: string }) => `Falla ${p.failure}.`,
  },
};

export type MissionTermsWords = typeof es;
