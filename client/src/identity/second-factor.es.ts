import type { Format } from '@verbena/shared/words/format.js';

/** What is said of the second factor of staff, in Spanish. */
export const es = {
  title: 'Verificación en dos pasos',
  lead: 'Antes de dar puntos te pedimos un código que solo está en tu móvil. Así nadie lo hace en tu nombre.',
  askTitle: 'Tu código, por favor',
  askText:
    'Abre tu aplicación de autenticación (la de tu móvil o tu gestor de contraseñas con la que leíste el código QR) y escribe sus seis dígitos. Después seguimos con lo que estabas haciendo.',
  askRecovery: 'Si no tienes el móvil, escribe uno de tus códigos de recuperación.',
  code: 'Código de seis dígitos',
  codeMissing: 'Escribe el código.',
  showCode: 'Continuar',
  setUpFirstTitle: 'Primero, activa la verificación en dos pasos',
  setUpFirstText: 'Hace falta para esto, y tarda un minuto. Lo que has escrito no se pierde.',
  on: 'Está activada.',
  onUntil: (p: { time: string }) => `En esta sesión no volveremos a pedirte el código hasta las ${p.time}.`,
  onAsk: 'Te pediremos el código la próxima vez que vayas a dar puntos.',
  recoveryLeft: (p: { count: number }, f: Format) =>
    f.count(p.count, {
      one: 'Te queda # código de recuperación.',
      other: 'Te quedan # códigos de recuperación.',
    }),
  recoveryNone: 'No te queda ningún código de recuperación: quítala y actívala de nuevo para tener otros nuevos.',
  off: 'Todavía no está activada. Necesitas una aplicación de autenticación, como la de tu móvil o tu gestor de contraseñas.',
  setUp: 'Activar',
  stepPassword: 'Tu contraseña',
  stepPasswordText: 'Para empezar, confirma que eres tú.',
  password: 'Contraseña',
  passwordMissing: 'Escribe tu contraseña.',
  next: 'Continuar',
  stepApp: 'Tu aplicación',
  stepAppText: 'Lee este código con tu aplicación de autenticación.',
  qr: 'Código QR para tu aplicación de autenticación',
  secret: 'Si no puedes leerlo, escribe esta clave:',
  openApp: 'Abrir en este dispositivo',
  stepCodeText: 'Escribe el código que te muestra ahora.',
  confirm: 'Confirmar',
  stepRecovery: 'Códigos de recuperación',
  stepRecoveryText:
    'Guárdalos donde no esté tu móvil: cada uno sirve una vez si lo pierdes. No los volveremos a mostrar.',
  recoverySlip: (p: { email: string }) => `Códigos de recuperación de ${p.email}`,
  done: 'Ya los he guardado',
  confirmed: 'Verificación en dos pasos activada.',
  removeTitle: 'Quitarla',
  removeText: 'Sin ella no podrás dar puntos ni crear claves hasta que la actives otra vez.',
  remove: 'Quitar la verificación',
  removed: 'Verificación en dos pasos quitada.',
};

export type SecondFactorWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    secondFactor: SecondFactorWords;
  }
}
