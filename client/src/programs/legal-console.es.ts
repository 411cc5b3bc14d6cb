/** What staff read where they publish legal texts, and of a member's consents, in Spanish. */
export const es = {
  title: 'Textos legales',
  lead: 'Las condiciones y el aviso de privacidad que lee y acepta quien se une, y los permisos que pides aparte.',
  none: 'Este programa todavía no tiene condiciones ni aviso de privacidad. Así nadie debería abrirlo al público: la gente deja su nombre, su correo y lo que compra.',
  noneAction: 'Escribirlos',
  advice:
    'Verbena no los redacta por ti: depende de tu empresa y de lo que hagas con los datos. Pásalos por tu asesoría antes de publicarlos.',
  inForce: (p: { version: number; day: string }) => `En vigor: la versión ${p.version}, desde el ${p.day}.`,
  language: 'Idioma',
  languages: { es: 'Español', en: 'Inglés' },
  terms: 'Condiciones',
  termsHint: 'Quién puede entrar, cómo se ganan y caducan los puntos, qué pasa si cambia algo y cómo se sale.',
  privacy: 'Aviso de privacidad',
  privacyHint:
    'Quién es el responsable, qué datos se guardan, para qué, cuánto tiempo, quién los ve y cómo ejercer los derechos.',
  markdown:
    'Se escribe en Markdown: ## para un título, - para una lista, **así** la negrita, [texto](https://…) un enlace.',
  preview: 'Ver cómo queda',
  edit: 'Seguir escribiendo',
  age: 'Edad mínima',
  ageHint: 'Se pide que lo declare al unirse, sin fecha de nacimiento. Déjalo vacío si da igual.',
  ageBad: 'Escribe un número entre 1 y 99, o déjalo vacío.',
  purposes: 'Permisos que pides aparte',
  purposesHint:
    'Uno por cada uso que no hace falta para llevar la cuenta. Empiezan sin dar. Si cambias la frase, se pide otra vez.',
  purposeId: 'Nombre para tus sistemas',
  purposeIdHint: 'Letras minúsculas, cifras y guiones: ofertas-por-correo.',
  purposeEs: 'La frase, en español',
  purposeEn: 'La frase, en inglés',
  purposeAdd: 'Añadir un permiso',
  purposeRemove: 'Quitar',
  purposeRemoveOf: (p: { id: string }) => `Quitar el permiso ${p.id}`,
  mustAccept: 'Cambia algo importante: que quienes ya están tengan que aceptarlo',
  mustAcceptHint:
    'Hasta que lo acepten, lo ven todo y lo que compran les cuenta, pero no pueden regalar puntos. Sin marcar, solo se les avisa.',
  publish: 'Publicar',
  publishTitle: (p: { version: number }) => `¿Publicar la versión ${p.version}?`,
  publishMust:
    'Vale desde ahora. Quien se una la acepta, y a quien ya está se le pide. No se puede borrar; sí publicar otra después.',
  publishTold:
    'Vale desde ahora para quien se una. A quien ya está solo se le avisa. No se puede borrar; sí publicar otra después.',
  published: (p: { version: number }) => `La versión ${p.version} está publicada.`,
  versions: 'Versiones publicadas',
  versionOf: (p: { version: number; day: string }) => `Versión ${p.version}, del ${p.day}`,
  mustMark: 'había que aceptarla',
  nothing: 'Aún no hay ninguna.',
  member: {
    title: 'Condiciones, permisos y datos',
    accepted: (p: { version: number; day: string }) => `Aceptó la versión ${p.version} el ${p.day}.`,
    never: 'No ha aceptado ninguna.',
    must: 'Tiene pendiente aceptar las condiciones actuales.',
    given: 'Dado',
    notGiven: 'No dado',
    withdraw: 'Retirar',
    withdrawOf: (p: { purpose: string }) => `Retirar el permiso «${p.purpose}»`,
    withdrawTitle: '¿Retirar este permiso?',
    withdrawText: (p: { name: string; purpose: string }) =>
      `Hazlo si ${p.name} te lo ha pedido: «${p.purpose}». Queda en el registro de cambios, y solo esa persona puede volver a darlo.`,
    withdrawn: 'Permiso retirado.',
    copy: 'Descargar sus datos',
    copyHint: 'Para dárselos a esa persona si los pide. Queda en el registro de cambios.',
    copyDone: 'El archivo está en tus descargas.',
    file: (p: { program: string }) => `datos-de-socio-${p.program}.json`,
  },
};

export type LegalConsoleWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    legalConsole: LegalConsoleWords;
  }
}
