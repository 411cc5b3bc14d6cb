import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  'definitions.read': { role: 'member', secondFactor: 'never', forKeys: true },
  'definitions.write': { role: 'owner', secondFactor: 'toChange' },
  'drafts.read': { role: 'manager', secondFactor: 'never' },
  'drafts.write': { role: 'manager', secondFactor: 'toChange' },
  'programs.create': { secondFactor: 'never' },
  'programs.write': { role: 'owner', secondFactor: 'toChange' },
} as const satisfies Record<string, PermissionSpec>;

export const errors = {
  'brand.notFound': { status: 404, title: { es: 'No hay tal marca', en: 'There is no such brand' } },
  'brand.slugTaken': {
    status: 409,
    title: { es: 'Otra marca tiene ese nombre corto', en: 'Another brand has this slug' },
  },
  'brand.archived': { status: 422, title: { es: 'Esta marca está archivada', en: 'This brand is archived' } },
  'shop.notFound': { status: 404, title: { es: 'No hay tal tienda', en: 'There is no such shop' } },
  'shop.slugTaken': {
    status: 409,
    title: { es: 'Otra tienda tiene ese nombre corto', en: 'Another shop has this slug' },
  },
  'shop.archived': { status: 422, title: { es: 'Esta tienda está archivada', en: 'This shop is archived' } },
  'program.notFound': { status: 404, title: { es: 'No hay tal programa', en: 'There is no such program' } },
  'program.slugTaken': { status: 409, title: { es: 'Este nombre corto ya está en uso', en: 'This slug is taken' } },
  'program.slugReserved': {
    status: 422,
    title: { es: 'Este nombre corto está reservado', en: 'This slug is reserved' },
  },
  'program.ownerUnverified': {
    status: 403,
    title: {
      es: 'Antes de crear un programa hay que confirmar el correo',
      en: 'Verify your e-mail address before you create a program',
    },
  },
  'program.noApprover': {
    status: 409,
    title: {
      es: 'Nadie más del equipo podría aprobar un borrador',
      en: 'Nobody else on the staff could approve a draft',
    },
  },
  'program.tooMany': {
    status: 422,
    title: { es: 'Esta cuenta ya lleva tantos programas como puede', en: 'This login owns as many programs as it may' },
  },
  'program.shiftDiffers': {
    status: 409,
    title: {
      es: 'Este programa se importó con otro desplazamiento',
      en: 'This program was imported with another shift',
    },
  },
  'program.joinClosed': {
    status: 403,
    title: { es: 'A este programa no se entra así', en: 'This program cannot be joined like this' },
  },
  'legal.notFound': { status: 404, title: { es: 'No hay tales textos legales', en: 'There are no such legal texts' } },
  'legal.conflict': {
    status: 409,
    title: {
      es: 'Alguien publicó otros textos legales mientras tanto',
      en: 'Somebody published other legal texts meanwhile',
    },
  },
  'legal.changed': {
    status: 409,
    title: {
      es: 'Los textos legales han cambiado: hay que leerlos de nuevo',
      en: 'The legal texts have changed: read them again',
    },
  },
  'legal.notAccepted': {
    status: 422,
    title: { es: 'Primero hay que aceptar las condiciones', en: 'Accept the terms first' },
  },
  'definitions.invalid': {
    status: 422,
    title: { es: 'Las definiciones no encajan entre sí', en: 'The definitions do not fit together' },
  },
  'definitions.conflict': {
    status: 409,
    title: { es: 'Alguien publicó otra versión mientras tanto', en: 'Somebody published another version meanwhile' },
  },
  'version.notFound': { status: 404, title: { es: 'No hay tal versión', en: 'There is no such version' } },
  'version.moved': {
    status: 409,
    title: { es: 'El borrador parte de una versión anterior', en: 'The draft is based on an older version' },
  },
  'version.waiting': {
    status: 409,
    title: { es: 'Otra versión espera su día', en: 'Another version waits for its day' },
  },
  'version.notWaiting': {
    status: 409,
    title: { es: 'Esta versión no está esperando', en: 'This version does not wait' },
  },
  'version.noticeTooShort': {
    status: 422,
    title: { es: 'Lo que empeora necesita todo el plazo de aviso', en: 'Changes for the worse need the whole notice' },
  },
  'version.notCorrection': {
    status: 422,
    title: {
      es: 'Esto quita algo que lleva en vigor más que el plazo de aviso',
      en: 'This takes away what has been in force for longer than the notice',
    },
  },
  'version.inPast': {
    status: 422,
    title: {
      es: 'Una versión no puede entrar en vigor en el pasado',
      en: 'A version cannot come into force in the past',
    },
  },
  'draft.notFound': { status: 404, title: { es: 'No hay tal borrador', en: 'There is no such draft' } },
  'draft.nameTaken': {
    status: 409,
    title: { es: 'Otro borrador tiene ese nombre', en: 'Another draft has this name' },
  },
  'draft.tooMany': {
    status: 422,
    title: { es: 'El programa ya tiene tantos borradores como puede', en: 'The program has as many drafts as it may' },
  },
  'draft.changed': {
    status: 409,
    title: { es: 'Alguien cambió el borrador mientras tanto', en: 'Somebody changed the draft meanwhile' },
  },
  'draft.notApproved': {
    status: 409,
    title: {
      es: 'Otra persona tiene que aprobar antes este borrador',
      en: 'Somebody else must approve this draft first',
    },
  },
  'draft.ownApproval': {
    status: 403,
    title: { es: 'Nadie aprueba un borrador suyo', en: 'Nobody approves a draft of their own' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = [
  'program.created',
  'program.changed',
  'legal.published',
  'definitions.published',
  'definitions.withdrawn',
  'draft.created',
  'draft.changed',
  'draft.rebased',
  'draft.reviewed',
  'draft.deleted',
  'brand.created',
  'brand.changed',
  'brand.archived',
  'brand.restored',
  'shop.created',
  'shop.changed',
  'shop.archived',
  'shop.restored',
] as const;

export const auditSubjects = ['program', 'programVersion', 'draft', 'brand', 'shop'] as const;
