import * as z from 'zod/mini';
import type { ErrorSpec } from '#platform/manifest.js';
import { EntryRecorded } from './entry-recorded.js';

export const errors = {
  'entry.notFound': { status: 404, title: { es: 'No hay tal apunte', en: 'There is no such journal entry' } },
  'proof.notYet': {
    status: 409,
    title: { es: 'La próxima raíz diaria cubrirá este apunte', en: 'The next daily root will cover this entry' },
  },
  'aside.notFound': {
    status: 404,
    title: { es: 'No se apartó ninguna actividad así', en: 'No such activity was set aside' },
  },
  'proof.namesOthers': {
    status: 403,
    title: {
      es: 'El apunte nombra a otro miembro: solo el equipo recibe su prueba',
      en: 'The stored entry names another member, so only staff get its proof',
    },
  },
  'proof.tooOld': {
    status: 422,
    title: { es: 'Este apunte es anterior a los grupos sellados', en: 'This entry is older than the sealed groups' },
  },
  'asOf.beforeProgram': {
    status: 422,
    title: { es: 'El programa aún no existía', en: 'The program did not exist then' },
  },
  'asOf.beforeMember': {
    status: 422,
    title: { es: 'Aún no se conocía al miembro', en: 'The member was not known then' },
  },
  'asOf.inFuture': {
    status: 422,
    title: { es: 'Ese momento está en el futuro', en: 'That moment lies in the future' },
  },
  'ledger.unrepairable': {
    status: 409,
    title: { es: 'El propio diario está roto', en: 'The journal itself is broken' },
  },
  'day.notFound': { status: 422, title: { es: 'No hay tal día', en: 'There is no such day' } },
  'lane.busy': {
    status: 429,
    title: { es: 'Hay demasiado en cola en este momento', en: 'Too much is queued at the moment' },
  },
  'lane.moved': {
    status: 503,
    title: { es: 'Otro nodo anota por este miembro', en: 'Another node commits for this member' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = ['activity.dropped'] as const;

export const auditSubjects = ['entry'] as const;

export const reservedSlugs = ['roots'] as const;

/** `me` is the member's own journal: dense, its `q` is the member's `seq`. */
export const streams = { me: z.literal('me') };

export const pushes = { 'entry.recorded': EntryRecorded };
