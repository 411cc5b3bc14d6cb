import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  'activities.read': { role: 'manager', secondFactor: 'never', forKeys: true },
  'activities.reverse': { role: 'manager', secondFactor: 'toChange', forKeys: true },
  'activities.write': { role: 'manager', secondFactor: 'toChange', forKeys: true },
} as const satisfies Record<string, PermissionSpec>;

export const errors = {
  'activity.coolDown': {
    status: 422,
    title: { es: 'Llegó demasiado pronto después de la anterior', en: 'This came too soon after the last one' },
  },
  'activity.limitReached': {
    status: 422,
    title: {
      es: 'El miembro ya lo ha hecho tantas veces como puede por ahora',
      en: 'The member did this as often as it may for now',
    },
  },
  'activity.notFound': {
    status: 404,
    title: { es: 'Ninguna actividad tuya tiene esta clave', en: 'No activity of yours has this key' },
  },
  'activity.unknownType': {
    status: 422,
    title: { es: 'El programa no tiene ese tipo de actividad', en: 'The program has no such activity type' },
  },
  'activity.tooLate': {
    status: 422,
    title: { es: 'La actividad ocurrió hace demasiado', en: 'The activity happened too long ago' },
  },
  'activity.inFuture': {
    status: 422,
    title: { es: 'La actividad está en el futuro', en: 'The activity lies in the future' },
  },
  'activity.keyReused': {
    status: 422,
    title: {
      es: 'Esta clave de idempotencia se usó con otro cuerpo',
      en: 'This idempotency key was used with another body',
    },
  },
  'activity.alreadyReversed': {
    status: 409,
    title: { es: 'Esta actividad ya se anuló', en: 'This activity was taken back already' },
  },
  'activity.notReversible': {
    status: 422,
    title: { es: 'Este apunte no se puede anular', en: 'This entry cannot be taken back' },
  },
  'activity.nothingReturned': {
    status: 422,
    title: { es: 'Quedaría toda la actividad', en: 'All of the activity would remain' },
  },
  'activity.undoTooLate': {
    status: 422,
    title: {
      es: 'Lo anotado a mano se puede anular durante un día',
      en: 'What was recorded by hand can be taken back for a day',
    },
  },
  'activity.quarantined': {
    status: 500,
    title: {
      es: 'No se pudo decidir la actividad y se apartó',
      en: 'The activity could not be decided and was set aside',
    },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = ['activity.recorded', 'activity.undone', 'activity.returned'] as const;
