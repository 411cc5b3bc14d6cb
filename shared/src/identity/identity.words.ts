import { tellWait } from '#words/tell-wait.js';
import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './identity.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'auth.required': {
    es: (p) =>
      p.machine === true
        ? 'Hace falta una clave de API: mándala en la cabecera «Authorization: Bearer vk_…». Las personas entran con su cuenta.'
        : 'Entra con tu cuenta para continuar.',
    en: (p) =>
      p.machine === true
        ? 'This needs an API key: send it in the header “Authorization: Bearer vk_…”. People log in.'
        : 'Log in to continue.',
  },
  'auth.badCredentials': {
    es: 'El correo o la contraseña no coinciden. Compruébalos e inténtalo de nuevo.',
    en: 'E-mail and password do not match. Check them and try again.',
  },
  'auth.sessionEnded': {
    es: 'Tu sesión ha terminado. Entra de nuevo; no has perdido nada.',
    en: 'Your session has ended. Log in again; nothing is lost.',
  },
  'auth.tokenExpired': {
    es: 'Tu sesión necesita renovarse.',
    en: 'Your session needs to be renewed.',
  },
  'auth.keyInvalid': {
    es: 'Esta clave de API no es válida o se ha retirado. Mándala entera, como se mostró al crearla, o pide otra al equipo del programa.',
    en: 'This API key is not valid, or it was withdrawn. Send all of it, as it was shown when it was made, or ask the staff of the program for another one.',
  },
  'auth.forbidden': {
    es: (p) =>
      p.person === true
        ? 'Esto lo hace una persona con su cuenta: ninguna clave de API puede.'
        : p.has === undefined
          ? 'No tienes permiso para hacer esto.'
          : `A esta clave le falta el permiso ${String(p.right)}. Tiene: ${String(p.has) || 'ninguno'}.`,
    en: (p) =>
      p.person === true
        ? 'A person does this, logged in: no API key can.'
        : p.has === undefined
          ? 'You do not have permission to do this.'
          : `This key lacks the right ${String(p.right)}. It has: ${String(p.has) || 'none'}.`,
  },
  'auth.activityTypeForbidden': {
    es: (p) =>
      `Esta clave no puede enviar actividades de tipo «${String(p.type)}». Puede: ${String(p.has) || 'ninguno'}.`,
    en: (p) => `This key may not send activities of type “${String(p.type)}”. It may send: ${String(p.has) || 'none'}.`,
  },
  'auth.originForbidden': {
    es: 'Esta petición viene de otro sitio y no se admite.',
    en: 'This request comes from another site and is not accepted.',
  },
  'auth.secondFactorNeeded': {
    es: 'Para esto hace falta tu código de la aplicación de autenticación.',
    en: 'This needs the code of your authenticator app.',
  },
  'account.tooMany': {
    es: (p, f) =>
      `Muchas personas se están dando de alta ahora mismo desde esta conexión. Prueba con otra, como los datos de tu móvil, o espera ${tellWait(p.seconds, f)}. Si estás en una tienda, también puedes pedir allí una tarjeta y unirla a tu cuenta después.`,
    en: (p, f) =>
      `Many people are joining from this connection right now. Try another one, such as your phone’s own data, or wait ${tellWait(p.seconds, f)}. If you are in a shop, you can also ask for a card there and join it to your account later.`,
  },
  'account.emailTaken': {
    es: 'Ya hay una cuenta con este correo. Entra con su contraseña o pide una nueva.',
    en: 'There is an account with this e-mail address. Log in with its password, or ask for a new one.',
  },
  'account.codeInvalid': {
    es: 'Este enlace ya se ha usado o ha caducado. Pide otro.',
    en: 'This link was used or is over. Ask for another one.',
  },
  'account.passwordWrong': {
    es: 'La contraseña actual no es esa. Compruébala e inténtalo de nuevo.',
    en: 'That is not the present password. Check it and try again.',
  },
  'secondFactor.wrong': {
    es: 'El código no es correcto o ya se ha usado. Espera al siguiente y escríbelo.',
    en: 'The code is wrong or was used. Wait for the next one and type it.',
  },
  'secondFactor.isOn': {
    es: 'Tu cuenta ya tiene activada la verificación en dos pasos.',
    en: 'Two-step verification is on for your account already.',
  },
  'secondFactor.isOff': {
    es: 'Tu cuenta no tiene activada la verificación en dos pasos. Actívala primero.',
    en: 'Two-step verification is off for your account. Turn it on first.',
  },
  'secondFactor.notBegun': {
    es: 'Empieza de nuevo a activar la verificación en dos pasos.',
    en: 'Begin to turn on two-step verification again.',
  },
  'session.notFound': {
    es: 'Esa sesión ya no existe.',
    en: 'That session is gone.',
  },
  'key.notFound': {
    es: 'Esa clave de API no existe.',
    en: 'There is no such API key.',
  },
  'key.notRenewable': {
    es: 'Esa clave ya se retiró o se renovó. Renueva la que ocupó su lugar, o crea una nueva.',
    en: 'That key was withdrawn or renewed already. Renew the one that took its place, or make a new one.',
  },
  'sandbox.refused': {
    es: 'Esto no se puede hacer en el espacio de pruebas: cambiaría algo fuera de él.',
    en: 'This cannot be done in the sandbox: it would change something outside of it.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'apiKey.created': { es: 'Clave de API creada', en: 'API key made' },
  'apiKey.revoked': { es: 'Clave de API retirada', en: 'API key withdrawn' },
  'apiKey.renewed': { es: 'Clave de API renovada', en: 'API key renewed' },
  'sandbox.emptied': { es: 'Espacio de pruebas vaciado', en: 'Sandbox emptied' },
  'login.enrolled': { es: 'Cuenta dada de alta', en: 'Login enrolled' },
  'login.takenOver': { es: 'Cuenta sin verificar: contraseña nueva', en: 'Unverified account: new password' },
  'login.passwordChanged': { es: 'Contraseña cambiada', en: 'Password changed' },
  'login.passwordReset': { es: 'Contraseña nueva por correo', en: 'Password reset by mail' },
  'login.secondFactorSet': { es: 'Verificación en dos pasos activada', en: 'Two-step verification turned on' },
  'login.secondFactorRemoved': { es: 'Verificación en dos pasos quitada', en: 'Two-step verification turned off' },
};

export const auditSubjects: ListWords<typeof manifest.auditSubjects> = {
  apiKey: { es: 'Clave', en: 'Key' },
  sandbox: { es: 'El espacio de pruebas', en: 'The sandbox' },
  user: { es: 'Cuenta', en: 'Login' },
};
