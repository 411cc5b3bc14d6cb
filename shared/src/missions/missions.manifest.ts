import type { ErrorSpec } from '#platform/manifest.js';

export const errors = {
  'streak.noPause': {
    status: 422,
    title: { es: 'Esta racha no admite pausas', en: 'This streak takes no planned pause' },
  },
  'streak.pausePast': {
    status: 422,
    title: {
      es: 'Una pausa empieza hoy o después, y no acaba antes de empezar',
      en: 'A pause begins today or later, and ends no earlier',
    },
  },
  'streak.pauseTooLong': {
    status: 422,
    title: {
      es: 'No quedan tantos días de pausa en uno de sus años',
      en: 'There are not so many days left to pause in one of its years',
    },
  },
  'streak.pauseRuns': { status: 409, title: { es: 'La pausa ya ha empezado', en: 'The planned pause has begun' } },
  'streak.pauseOverlaps': {
    status: 409,
    title: { es: 'Otra pausa tiene uno de esos días', en: 'Another pause has one of these days' },
  },
  'streak.pausesFull': {
    status: 409,
    title: { es: 'No se pueden planear más pausas', en: 'No more pauses can be planned ahead' },
  },
  'streak.pauseNotFound': {
    status: 404,
    title: { es: 'Ninguna pausa empieza ese día', en: 'No pause begins on that day' },
  },
  'streak.noFreezes': { status: 422, title: { es: 'Esta racha no tiene comodines', en: 'This streak has no freezes' } },
  'streak.freezesFull': {
    status: 409,
    title: {
      es: 'El miembro ya tiene todos los comodines que puede',
      en: 'The member holds as many freezes as it may',
    },
  },
  'streak.notBroken': {
    status: 409,
    title: { es: 'No fue eso lo que rompió la racha', en: 'This is not what broke the streak' },
  },
  'mission.notFound': { status: 404, title: { es: 'No hay tal misión', en: 'There is no such mission' } },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = ['streak.restored', 'streak.granted'] as const;
