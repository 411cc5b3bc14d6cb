import type { Format } from '@verbena/shared/words/format.js';

/** What every staff page says, and the overview, in Spanish. */
export const es = {
  name: 'Consola',
  navigation: 'Consola',
  menu: 'Menú',
  sandbox: 'Espacio de pruebas: lo que envían las claves de prueba. Nada de esto cuenta fuera de aquí.',
  leaveSandbox: 'Volver a las claves',
  asMember: 'Ver como socio',
  preview: {
    title: 'Como lo ven los socios',
    lead: 'La página pública y las reglas, tal como se leen hoy. Para ver también una cartera y unas misiones con avance, entra en el programa con otro correo.',
    rules: 'Reglas',
  },
  roles: { member: 'socio', moderator: 'quien modera', manager: 'parte del equipo', owner: 'responsable' },
  copy: 'Copiar',
  copied: 'Copiado',
  copyFailed: 'El navegador no deja copiar. Selecciona el texto y cópialo tú.',
  print: 'Imprimir',
  save: 'Guardar',
  saved: 'Cambios guardados.',
  noApproverUntil:
    'Hasta entonces puedes quitar la casilla «Un borrador tiene que aprobarlo otra persona», en «Reglas y versiones».',
  noApproverGo: 'Ver cómo se cambian las reglas',
  cancel: 'Cancelar',
  yes: 'Sí',
  no: 'No',
  none: '—',
  unverified: (p: { email: string }) => `${p.email} (sin verificar)`,
  more: 'Ver más',
  loading: 'Cargando',
  overview: {
    title: 'Resumen',
    lead: (p: { role: string }) => `Entras como ${p.role}. Esto es lo que puedes hacer desde aquí.`,
    figures: {
      title: (p: { days: number }, f: Format) =>
        f.count(p.days, { one: 'En el último día', other: 'En los últimos # días' }),
      at: (p: { when: string }) => `Contado el ${p.when}. Se cuenta cada noche, al revisar los libros.`,
      never: 'Todavía no se ha contado. Se hace cada noche, al revisar los libros.',
      counting: 'Se está contando.',
      count: 'Contar ahora',
      active: 'Socios que han hecho algo',
      earned: 'Ganado, menos lo anulado',
      completed: 'Misiones completadas',
      expiring: (p: { days: number }, f: Format) =>
        f.count(p.days, { one: 'Caduca mañana', other: 'Caduca en los próximos # días' }),
    },
    membersFigure: (p: { count: number }, f: Format) => f.count(p.count, { one: '# socio', other: '# socios' }),
    legalVersion: (p: { version: number }) => `versión ${p.version}`,
    legalNone: 'sin escribir',
    legalMissing: 'El programa no tiene condiciones ni aviso de privacidad. Así nadie debería abrirlo al público.',
    legalWrite: 'Escribirlos',
    mailWaiting: (p: { count: number }, f: Format) => f.count(p.count, { one: '# por salir', other: '# por salir' }),
    mailFailed: (p: { count: number }, f: Format) =>
      f.count(p.count, { one: '# no ha salido', other: '# no han salido' }),
    mailFine: 'nada pendiente',
    mailKept: 'sin correo saliente',
    healthWord: { ok: 'todo bien', degraded: 'a medias', down: 'parado', unknown: 'no responde' },
    securityOn: 'activada',
    securityOff: 'sin activar',
    settingsTitle: 'Cómo se entra en el programa',
    settingsLead: 'Cambia para quien llegue a partir de ahora; quien ya está dentro, sigue.',
    enrolmentTitle: 'Cuándo pasa a ser socio quien compra',
    enrolment: {
      automatic: 'Con su primera actividad',
      optIn: 'Solo si se da de alta',
      firstPoints: 'Con sus primeros puntos',
    },
    enrolmentText: {
      automatic: 'En cuanto la caja envía algo con una tarjeta nueva, esa persona ya es socia y todo le cuenta.',
      optIn: 'Lo que llega de alguien que no se ha dado de alta se rechaza y no se guarda nada.',
      firstPoints: 'Se guarda lo que hace, y se convierte en socia cuando una regla le da sus primeros puntos.',
    },
    joiningTitle: 'Quién puede darse de alta por su cuenta',
    joining: { open: 'Cualquiera', invitation: 'Con invitación', closed: 'Nadie' },
    joiningText: {
      open: 'En la página del programa hay un botón para unirse.',
      invitation: 'Hace falta el enlace de un socio, o un código de vinculación del equipo.',
      closed: 'Solo entra quien trae un código de vinculación que le haya dado el equipo.',
    },
  },
};

export type ConsoleWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    console: ConsoleWords;
  }
}
