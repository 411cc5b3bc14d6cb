import type { Format } from '@verbena/shared/words/format.js';

/** What the page of one's own account says, in Spanish. */
export const es = {
  title: 'Tu perfil y tu cuenta',
  lead: 'Quién eres aquí, qué ven los demás y cómo entras.',
  save: 'Guardar',
  saving: 'Guardando',
  profile: {
    title: 'Tus datos',
    name: 'Nombre',
    nameHint: 'Con él te saludamos. Lo ve el equipo del programa.',
    nameMissing: 'Escribe tu nombre.',
    language: 'Idioma de tus correos y avisos',
    search: 'Buscar zona horaria',
    searchHint: 'Una ciudad o una región: Canarias, México, Buenos Aires.',
    zone: 'Zona horaria',
    zoneHint:
      'Algunas misiones y rachas cuentan los días con la hora de donde vives. Si vives por aquí, déjala como está.',
    found: (p: { count: number }, f: Format) => f.count(p.count, { one: '# zona horaria', other: '# zonas horarias' }),
    foundNone: 'No hay ninguna zona así. Prueba con la ciudad grande más cercana.',
    saved: 'Tus datos están guardados.',
    first: (p: { points: string; waits: boolean }) =>
      `La primera vez que los guardas ganas ${p.points}${p.waits ? ', en cuanto confirmes tu correo con el enlace que te enviamos' : ''}.`,
    regions: {
      Africa: 'África',
      America: 'América',
      Antarctica: 'Antártida',
      Arctic: 'Ártico',
      Asia: 'Asia',
      Atlantic: 'Atlántico',
      Australia: 'Australia',
      Europe: 'Europa',
      Indian: 'Índico',
      Pacific: 'Pacífico',
    } as Record<string, string>,
  },
  others: {
    title: 'Lo que ven los demás',
    alias: 'Alias',
    aliasHint: 'De 2 a 24 letras o números; caben espacios, puntos y guiones. Déjalo vacío y no tendrás ninguno.',
    boards: 'Clasificaciones',
    boardsAlias: 'Con mi alias',
    boardsHidden: 'No aparecer',
    boardsHint: 'Ganas los mismos puntos de las dos maneras.',
    card: 'En tu ficha, además del alias',
    showsName: 'Mi nombre',
    showsTier: 'Mi categoría',
    showsBadges: 'Mis insignias',
    showsPoints: 'Los puntos que he ganado',
    showsJoined: 'Desde cuándo estoy',
    chosen: 'Insignias junto a tu nombre',
    chosenHint: 'Elige hasta tres: salen junto a tu alias en el foro. Si no eliges ninguna, no sale ninguna.',
    chosenHidden: 'Ahora no se ven: para que salgan en el foro, enseña antes tus insignias.',
    chosenMax: 'Elige tres como mucho.',
    chosenGone: 'Ahora no la tienes. Saldrá si vuelves a ganarla.',
    chosenNone: 'Cuando ganes alguna insignia, aquí podrás elegir hasta tres para que salgan en el foro.',
    typing: 'Avisar en el foro de que estoy escribiendo',
    typingHint: 'Vale para este navegador, desde ahora mismo.',
    saved: 'Guardado: así te ven los demás desde ahora.',
  },
  email: {
    title: 'Correo electrónico',
    verified: 'Confirmado',
    unverified: 'Sin confirmar',
    unverifiedText: 'Te mandamos un enlace al registrarte. Ábrelo para confirmar que este correo es tuyo.',
    resend: 'Mandarme otro enlace',
    sent: (p: { email: string }) => `Enlace enviado a ${p.email}.`,
  },
  password: {
    title: 'Contraseña',
    text: 'Al cambiarla se cierra la sesión en tus otros dispositivos.',
    current: 'Contraseña actual',
    currentMissing: 'Escribe tu contraseña actual.',
    next: 'Contraseña nueva',
    nextHint: 'Diez caracteres o más.',
    nextShort: 'Necesita al menos diez caracteres.',
    submit: 'Cambiar la contraseña',
    saved: (p: { ended: number }, f: Format) =>
      p.ended === 0
        ? 'Contraseña cambiada.'
        : `Contraseña cambiada. ${f.count(p.ended, {
            one: 'Se ha cerrado # sesión más.',
            other: 'Se han cerrado # sesiones más.',
          })}`,
  },
  devices: {
    title: 'Dispositivos',
    text: 'Aquí tienes la sesión abierta. Cierra la que no reconozcas.',
    named: (p: { browser: string; system: string }) => `${p.browser} en ${p.system}`,
    unknown: 'Dispositivo sin nombre',
    isThis: 'Este dispositivo',
    used: (p: { ago: string }) => `Última vez ${p.ago}`,
    usedNow: 'En uso ahora',
    since: (p: { day: string }) => `desde el ${p.day}`,
    end: 'Cerrar sesión',
    endOf: (p: { device: string }) => `Cerrar sesión en ${p.device}`,
    ended: (p: { device: string }) => `Sesión de ${p.device} cerrada.`,
    everywhere: 'Cerrar sesión en todas partes',
    everywhereText: 'También en este dispositivo. Tendrás que volver a entrar.',
    everywhereConfirm: 'Sí, cerrar todas',
    cancel: 'Cancelar',
  },
  leave: {
    title: 'Darte de baja',
    text: (p: { program: string }) => `Si te das de baja de ${p.program}:`,
    means: [
      'Lo que compres ya no suma puntos ni cuenta para misiones.',
      'Sales de las clasificaciones y nadie ve tu ficha.',
      'Tus puntos y tus insignias se quedan aquí, con sus fechas de caducidad.',
      'Puedes volver cuando quieras, desde esta página.',
    ],
    begin: 'Quiero darme de baja',
    word: 'baja',
    confirm: (p: { word: string }) => `Escribe «${p.word}» para confirmarlo`,
    confirmMissing: (p: { word: string }) => `Escribe «${p.word}», tal cual.`,
    submit: 'Darme de baja',
    cancel: 'Mejor me quedo',
    left: (p: { program: string }) => `Te has dado de baja de ${p.program}.`,
    leftTitle: 'Estás de baja',
    leftText: 'Nada de lo que hagas cuenta hasta que vuelvas. Lo que tenías sigue aquí.',
    back: 'Volver al programa',
    backDone: (p: { program: string }) => `Qué bien que vuelvas a ${p.program}. Ya suma todo otra vez.`,
  },
};

export type MeWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    me: MeWords;
  }
}
