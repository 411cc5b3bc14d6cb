import type { Format } from '@verbena/shared/words/format.js';

/** What the ways in say, in Spanish: joining, an invitation, a forgotten password, a verified address. */
export const es = {
  /** Where the reader chooses a program. */
  choose: {
    title: 'Elige un programa',
    lead: 'Tu cuenta está en varios programas. ¿En cuál quieres entrar?',
    noneTitle: '¿A qué programa vas?',
    noneText: 'Escribe el nombre corto que aparece en la dirección de tu programa, o sigue el enlace que te dieron.',
    slug: 'Nombre corto del programa',
    slugHint: 'Por ejemplo, plaza',
    slugMissing: 'Escribe el nombre corto del programa.',
    go: 'Continuar',
    emptyTitle: 'Tu cuenta aún no está en ningún programa',
    emptyText: 'Cuando un programa te dé de alta, aparecerá aquí.',
  },
  ended: {
    title: 'Tu sesión ha terminado',
    text: 'Entra de nuevo y seguirás donde estabas. No has perdido nada.',
    leave: 'Salir',
  },
  login: {
    titleIn: (p: { program: string }) => `Entra en ${p.program}`,
    lead: 'Tus puntos, tus misiones y tus insignias te esperan.',
    email: 'Correo electrónico',
    password: 'Contraseña',
    showPassword: 'Mostrar la contraseña',
    hidePassword: 'Ocultar la contraseña',
    submit: 'Entrar',
    busy: 'Entrando',
    emailMissing: 'Escribe tu correo electrónico.',
    passwordMissing: 'Escribe tu contraseña.',
    join: '¿Todavía no estás en el programa?',
    joinLink: (p: { program: string }) => `Únete a ${p.program}`,
    forgot: 'He olvidado mi contraseña',
  },
  join: {
    title: (p: { program: string }) => `Únete a ${p.program}`,
    lead: 'Un minuto y tu primera compra ya suma puntos.',
    leadMember: (p: { email: string }) => `Entras con tu cuenta, ${p.email}.`,
    notYou: '¿No es tu cuenta?',
    logOut: 'Cerrar sesión',
    name: 'Tu nombre',
    nameHint: 'Para saludarte. Los demás no lo ven.',
    nameMissing: 'Escribe tu nombre.',
    email: 'Correo electrónico',
    emailMissing: 'Escribe tu correo electrónico.',
    emailWrong: 'No parece un correo electrónico.',
    password: 'Contraseña',
    passwordHint: 'Diez caracteres o más. Una frase corta vale.',
    passwordShort: 'Necesita al menos diez caracteres.',
    alias: 'Tu alias (opcional)',
    aliasHint: 'De 2 a 24 letras o números; caben espacios, puntos y guiones. Puedes cambiarlo cuando quieras.',
    preview: 'Así te ven los demás',
    previewNoneText: 'Sin alias sales en las clasificaciones sin nombre, con una marca que no dice quién eres.',
    previewHidden: 'No apareces en ninguna clasificación. Ganas los mismos puntos.',
    hide: 'No quiero aparecer en las clasificaciones',
    hideHint: 'Sumas igual. Nadie ve tu puesto ni tus puntos.',
    codeQuestion: '¿Te han dado un código?',
    code: 'Tu código',
    codeHint:
      'El de quien te invita, como KG3SCYZFZZ, o el que da el equipo para unir tu cuenta a tu tarjeta, como 7KQ2-M4XD-09PT.',
    codeMissing: 'Escribe el código que te dieron.',
    codeOfCard: (p: { card: string | null; by: string | null }): string => {
      if (p.card === null) return p.by === null ? 'Te unes a una cuenta que ya existe' : `La cuenta de ${p.by}`;
      return p.by === null ? `Tarjeta ${p.card}` : `Tarjeta ${p.card}, de ${p.by}`;
    },
    submit: 'Unirme',
    submitAs: (p: { program: string; name: string }) => `Entrar en ${p.program} como ${p.name}`,
    busy: 'Un momento',
    have: '¿Ya tienes cuenta?',
    haveLink: 'Entra con ella',
    halfway: 'Tu cuenta ya está creada. Falta un paso: entrar en el programa.',
    welcome: (p: { program: string }) => `Ya estás en ${p.program}.`,
    closedText: 'Solo se entra con un código que da su equipo. Si lo tienes, escríbelo aquí.',
    invitationText:
      'Pide su enlace o su código a alguien que ya esté dentro. El código, también el que da el equipo, va aquí.',
    invitedBy: (p: { alias: string }) => `Te invita ${p.alias}`,
    invited: 'Te han invitado',
    invitationGone: 'La invitación que traías no existe. Puedes unirte sin ella.',
  },
  invitation: {
    title: (p: { alias: string; program: string }) => `${p.alias} te invita a ${p.program}`,
    titleNobody: (p: { program: string }) => `Te invitan a ${p.program}`,
    lead: 'Tus compras suman puntos, y cada uno te dice de dónde viene.',
    what: 'Lo que ganáis',
    you: 'Para ti',
    they: (p: { alias: string }) => `Para ${p.alias}`,
    theyNobody: 'Para quien te invita',
    depends: 'Depende de tu compra',
    when: (p: { days: number }, f: Format) =>
      `Llegan con tu primera compra, en ${f.count(p.days, { one: '# día', other: 'los # días' })} después de unirte.`,
    waits: (p: { days: number }, f: Format) =>
      `Se pueden usar ${f.count(p.days, { one: '# día', other: '# días' })} después, por si devuelves esa compra.`,
    waitsOpen: 'Quedan pendientes hasta que se confirme esa compra.',
    join: (p: { program: string }) => `Unirme a ${p.program}`,
    goneTitle: 'Esta invitación no existe',
    goneText: 'Puede que el enlace esté incompleto. Pide que te lo manden otra vez, o únete sin invitación.',
    goneJoin: 'Unirme sin invitación',
    about: 'Ver de qué va',
    ownTitle: 'Ya estás en este programa',
    ownText: 'Una invitación es para quien todavía no está. La tuya la tienes en tu página de invitar.',
    home: 'Ir al inicio',
  },
  reset: {
    title: 'Elige una contraseña nueva',
    lead: 'Escribe tu correo y te mandamos un enlace para elegir otra. El enlace dura poco y sirve una vez.',
    submit: 'Mandarme el enlace',
    sentTitle: 'Mira tu correo',
    sent: (p: { email: string }) =>
      `Si hay una cuenta con ${p.email}, en un momento le llega un enlace para elegir contraseña. Mira también el correo no deseado.`,
    again: 'Escribir otro correo',
    chooseLead: 'Al guardarla cerramos tu sesión en los demás dispositivos.',
    password: 'Contraseña nueva',
    choose: 'Guardar y entrar',
    broken: 'Este enlace está incompleto. Ábrelo otra vez desde el correo, o pide uno nuevo.',
    askAgain: 'Pedir otro enlace',
    back: 'Volver a entrar',
    done: 'Tu contraseña nueva ya vale.',
  },
  verify: {
    title: 'Confirma tu correo',
    checking: 'Comprobando el enlace',
    doneTitle: 'Correo confirmado',
    done: (p: { email: string }) => `Gracias. ${p.email} es tuyo, y ahí te llegará lo importante.`,
    goneTitle: 'Este enlace ya no vale',
    goneText: 'Ya se ha usado o ha caducado. Si tu correo sigue sin confirmar, te mandamos otro.',
    already: (p: { email: string }) => `${p.email} ya está confirmado. No hace falta nada más.`,
    login: 'Entra y te lo mandamos',
    resend: 'Mandarme otro enlace',
    sent: (p: { email: string }) => `Te hemos mandado otro enlace a ${p.email}.`,
    home: 'Ir al inicio',
    enter: 'Entrar',
  },
  unverified: {
    text: (p: { email: string }) => `Confirma tu correo: te mandamos un enlace a ${p.email}.`,
    resend: 'Mandarlo otra vez',
    sent: 'Enviado. Mira tu correo.',
    change: 'Ver mi cuenta',
  },
};

export type AccessWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    access: AccessWords;
  }
}
