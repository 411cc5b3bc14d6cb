import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  'keys.manage': { role: 'owner', secondFactor: 'toChange' },
} as const satisfies Record<string, PermissionSpec>;

export const errors = {
  'auth.required': {
    status: 401,
    title: { es: 'Falta entrar o mandar una clave de API', en: 'Log in, or send an API key' },
  },
  'auth.badCredentials': {
    status: 401,
    title: { es: 'El correo o la contraseña no son correctos', en: 'E-mail or password is wrong' },
  },
  'auth.sessionEnded': { status: 401, title: { es: 'La sesión ha terminado', en: 'The session has ended' } },
  'auth.tokenExpired': {
    status: 401,
    title: { es: 'El token de acceso ha caducado', en: 'The access token has expired' },
  },
  'auth.keyInvalid': { status: 401, title: { es: 'La clave de API no es válida', en: 'The API key is not valid' } },
  'auth.forbidden': { status: 403, title: { es: 'Falta el permiso para hacerlo', en: 'You may not do this' } },
  'auth.activityTypeForbidden': {
    status: 403,
    title: { es: 'Esta clave no puede enviar este tipo de actividad', en: 'This key may not send this activity type' },
  },
  'auth.originForbidden': {
    status: 403,
    title: { es: 'La petición viene de otro sitio', en: 'This request comes from another site' },
  },
  'auth.secondFactorNeeded': {
    status: 403,
    title: { es: 'Antes hay que mostrar el segundo factor', en: 'Show the second factor first' },
  },
  'account.tooMany': {
    status: 429,
    title: { es: 'Demasiadas altas desde esta conexión', en: 'Too many new logins from this network address' },
  },
  'account.emailTaken': {
    status: 409,
    title: {
      es: 'Ya hay una cuenta con este correo, y su contraseña es otra',
      en: 'This e-mail address has a login, and this is not its password',
    },
  },
  'account.codeInvalid': {
    status: 422,
    title: { es: 'Este código se usó, ha caducado o no existió', en: 'This code was used, is over, or never was' },
  },
  'account.passwordWrong': {
    status: 403,
    title: { es: 'La contraseña actual no es esa', en: 'The present password is wrong' },
  },
  'secondFactor.wrong': {
    status: 403,
    title: { es: 'El código no es correcto o ya se usó', en: 'This code is wrong or was used' },
  },
  'secondFactor.isOn': {
    status: 409,
    title: { es: 'Esta cuenta ya tiene un segundo factor', en: 'This login has a second factor already' },
  },
  'secondFactor.isOff': {
    status: 409,
    title: { es: 'Esta cuenta no tiene segundo factor', en: 'This login has no second factor' },
  },
  'secondFactor.notBegun': {
    status: 409,
    title: { es: 'Primero hay que empezar a activar el segundo factor', en: 'Begin to set up the second factor first' },
  },
  'session.notFound': { status: 404, title: { es: 'No tienes esa sesión', en: 'There is no such session of yours' } },
  'key.notFound': { status: 404, title: { es: 'No hay tal clave de API', en: 'There is no such API key' } },
  'key.notRenewable': {
    status: 409,
    title: { es: 'Esta clave de API ya se retiró o se renovó', en: 'This API key was withdrawn or renewed already' },
  },
  'sandbox.refused': {
    status: 403,
    title: { es: 'Esto no se puede hacer en el espacio de pruebas', en: 'This cannot be done in the sandbox' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = [
  'apiKey.created',
  'apiKey.revoked',
  'apiKey.renewed',
  'sandbox.emptied',
  'login.enrolled',
  'login.takenOver',
  'login.passwordChanged',
  'login.passwordReset',
  'login.secondFactorSet',
  'login.secondFactorRemoved',
] as const;

export const auditSubjects = ['apiKey', 'sandbox', 'user'] as const;

export const reservedSlugs = ['auth'] as const;
