/** What members and visitors read about a program's legal texts, consents and own data, in Spanish. */
export const es = {
  navigation: 'Textos legales',
  terms: 'Condiciones',
  privacy: 'Aviso de privacidad',
  back: (p: { program: string }) => `Volver a ${p.program}`,
  version: (p: { version: number; day: string }) => `Versión ${p.version}, del ${p.day}`,
  old: 'Esta versión ya no está en vigor.',
  current: 'Leer la que está en vigor',
  versions: 'Otras versiones',
  otherLanguage: 'Este texto solo está en otro idioma.',
  newTab: 'se abre en otra pestaña',
  join: {
    accept: 'Acepto las condiciones y he leído el aviso de privacidad',
    acceptMissing: 'Para unirte tienes que aceptar las condiciones. Léelas y marca la casilla.',
    age: (p: { age: number }) => `Tengo ${p.age} años o más`,
    ageMissing: (p: { age: number }) =>
      `Solo puede unirse quien tiene ${p.age} años o más. Si los tienes, marca la casilla.`,
    purposes: 'Opcional: lo puedes cambiar cuando quieras en tu perfil',
    changed: 'Los textos han cambiado mientras escribías. Léelos y vuelve a marcar las casillas; lo demás sigue aquí.',
  },
  notice: {
    must: 'Las condiciones del programa han cambiado. Mientras no las aceptes puedes ver todo, pero no regalar puntos.',
    first: 'El programa ya tiene condiciones. Mientras no las aceptes puedes ver todo, pero no regalar puntos.',
    open: 'Leer y aceptar',
    changed: (p: { day: string }) => `Desde el ${p.day} hay condiciones nuevas. No tienes que hacer nada.`,
    read: 'Leerlas',
    understood: 'Entendido',
  },
  consents: {
    title: 'Condiciones y permisos',
    accepted: (p: { version: number; day: string }) => `Aceptaste la versión ${p.version} el ${p.day}.`,
    notYet: 'Todavía no has aceptado las condiciones.',
    mustText: 'Léelas con calma. Si no te convencen, puedes descargar tus datos y darte de baja.',
    accept: 'Aceptar las condiciones',
    acceptMissing: 'Marca la casilla si las aceptas.',
    acceptDone: 'Has aceptado las condiciones.',
    purposes: 'Para qué pueden usarse tus datos, además de llevar tu cuenta',
    purposesHint: 'No das ningún permiso que no marques, y puedes retirar cualquiera cuando quieras.',
    saved: 'Tus permisos están guardados.',
    history: 'Lo que has dicho hasta ahora',
    acts: {
      accepted: 'Aceptaste las condiciones',
      given: 'Diste permiso',
      withdrawn: 'Retiraste el permiso',
    },
    channels: {
      join: 'al unirte',
      app: 'en tu perfil',
      console: 'por medio del equipo',
      command: 'al preparar el programa',
    },
    line: (p: { when: string; act: string; version: number; channel: string }) =>
      `${p.when}: ${p.act} (versión ${p.version}, ${p.channel})`,
    about: (p: { act: string; purpose: string }) => `${p.act}: «${p.purpose}»`,
  },
  copy: {
    title: 'Tus datos',
    text: 'Un archivo con todo lo que el programa sabe de ti: perfil, tarjetas, permisos, cada movimiento con su justificante, insignias, categoría e invitaciones. Está en JSON, un formato que otros programas saben leer.',
    download: 'Descargar mis datos',
    busy: 'Preparando el archivo',
    done: 'El archivo está en tus descargas.',
    file: (p: { program: string }) => `mis-datos-${p.program}.json`,
  },
};

export type LegalWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    legal: LegalWords;
  }
}
