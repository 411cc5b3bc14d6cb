import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  'segments.manage': { role: 'manager', secondFactor: 'toChange' },
} as const satisfies Record<string, PermissionSpec>;

export const errors = {
  'segment.notFound': { status: 404, title: { es: 'No hay tal segmento', en: 'There is no such segment' } },
  'segment.slugTaken': {
    status: 409,
    title: { es: 'Otro segmento tiene ese nombre corto', en: 'Another segment has this slug' },
  },
  'segment.notList': {
    status: 422,
    title: { es: 'Este segmento no es una lista', en: 'This segment is not a list' },
  },
  'segment.full': {
    status: 422,
    title: { es: 'La lista no admite tantos miembros', en: 'The list does not take so many members' },
  },
  'segment.unknownMembers': {
    status: 422,
    title: {
      es: 'No hay tales miembros, y no se ha añadido ninguno',
      en: 'There are no such members, and none was added',
    },
  },
  'segment.notInList': {
    status: 404,
    title: { es: 'Este miembro no está en la lista', en: 'This member is not on the list' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = [
  'segment.created',
  'segment.changed',
  'segment.membersAdded',
  'segment.memberRemoved',
] as const;

export const auditSubjects = ['segment'] as const;
