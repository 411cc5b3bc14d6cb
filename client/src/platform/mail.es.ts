import type { Format } from '@verbena/shared/words/format.js';

/** What the mail page of the staff says, in Spanish. */
export const es = {
  title: 'Correo',
  lead: 'Los mensajes que ha escrito el programa, el último primero.',
  noServer:
    'Este servidor no tiene correo saliente: los mensajes se quedan aquí. Ábrelos y pásale el enlace a quien lo espera.',
  caption: 'Mensajes del programa',
  columnSubject: 'Asunto',
  columnTo: 'Para',
  columnStatus: 'Situación',
  columnWhen: 'Escrito',
  statuses: { waiting: 'Por salir', sent: 'Enviado', kept: 'Se queda aquí', failed: 'No ha salido' },
  open: (p: { subject: string; to: string }) => `Abrir «${p.subject}», para ${p.to}`,
  to: (p: { to: string }) => `Para ${p.to}`,
  written: (p: { when: string }) => `Escrito el ${p.when}`,
  sent: (p: { when: string }) => `Enviado el ${p.when}`,
  tries: (p: { count: number }, f: Format) => f.count(p.count, { one: '# intento', other: '# intentos' }),
  error: 'Lo que respondió el servidor de correo',
  hiddenSent: 'El texto no se muestra: ya salió por correo y solo es cosa de quien lo recibe.',
  hiddenStaff: 'El texto no se muestra: lleva un enlace que abre la cuenta de alguien del equipo.',
  emptyTitle: 'Aún no hay mensajes',
  emptyText: 'Cuando alguien se dé de alta o pida una contraseña nueva, el mensaje aparecerá aquí.',
  close: 'Cerrar',
};

export type MailWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    mail: MailWords;
  }
}
