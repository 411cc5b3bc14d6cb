import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  'mails.read': { role: 'owner', secondFactor: 'always' },
} as const satisfies Record<string, PermissionSpec>;

export const errors = {
  'input.invalid': { status: 400, title: { es: 'Hay campos que no son válidos', en: 'Some fields are not valid' } },
  'input.unreadable': {
    status: 400,
    title: { es: 'No se ha podido leer el cuerpo como JSON', en: 'The body could not be read as JSON' },
  },
  'input.tooLarge': { status: 413, title: { es: 'El cuerpo es demasiado grande', en: 'The body is too large' } },
  'input.mediaType': {
    status: 415,
    title: { es: 'Aquí solo se entiende application/json', en: 'Only application/json is understood here' },
  },
  'route.methodNotAllowed': {
    status: 405,
    title: { es: 'Esta dirección admite otros métodos', en: 'This address takes other methods' },
  },
  'route.notFound': { status: 404, title: { es: 'No hay tal dirección', en: 'There is no such address' } },
  'server.failed': {
    status: 500,
    title: { es: 'Algo ha fallado por nuestra parte', en: 'Something broke on our side' },
  },
  'server.unavailable': {
    status: 503,
    title: { es: 'El servidor no puede hacerlo en este momento', en: 'The server cannot do this at the moment' },
  },
  'rate.exceeded': { status: 429, title: { es: 'Demasiadas peticiones', en: 'Too many requests' } },
  'mail.notFound': {
    status: 404,
    title: {
      es: 'No hay tal mensaje, o su texto no se muestra',
      en: 'There is no such mail, or its text is not shown',
    },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = ['mail.read'] as const;

export const reservedSlugs = [
  '_app',
  'api',
  'app',
  'assets',
  'console',
  'docs',
  'health',
  'p',
  'socket.io',
  'staff',
] as const;
