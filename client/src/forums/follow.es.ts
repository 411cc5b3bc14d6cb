import type { Format } from '@verbena/shared/words/format.js';

/** How somebody follows a thread or a section, and whom it may have told, in Spanish. */
export const es = {
  thread: {
    label: (p: { now: string }) => `Cómo sigues este hilo: ${p.now}`,
    watch: { name: 'Siguiendo', hint: 'Te avisamos de cada respuesta.' },
    normal: { name: 'Normal', hint: 'Te avisamos si alguien te menciona, te responde o te cita.' },
    mute: { name: 'Silenciado', hint: 'No te avisamos de nada de este hilo, aunque te mencionen.' },
  },
  category: {
    label: (p: { now: string }) => `Cómo sigues esta sección: ${p.now}`,
    watch: { name: 'Siguiendo', hint: 'Te avisamos de cada hilo nuevo.' },
    normal: { name: 'Normal', hint: 'Te avisamos si alguien te menciona, te responde o te cita.' },
    mute: { name: 'Silenciada', hint: 'No te avisamos de nada de aquí, salvo de los hilos que sigues.' },
  },
  people: {
    label: 'A quién mencionas',
    found: (p: { count: number }, f: Format) =>
      `${f.count(p.count, { one: '# persona', other: '# personas' })}: elige con las flechas e Intro`,
  },
};

export type FollowWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    follow: FollowWords;
  }
}
