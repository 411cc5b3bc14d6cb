import { tellWait } from '#words/tell-wait.js';
import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './platform.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'input.invalid': {
    es: 'Revisa los campos señalados.',
    en: 'Check the marked fields.',
  },
  'input.unreadable': {
    es: 'No hemos podido leer los datos. Envíalos como JSON válido.',
    en: 'We could not read the data. Send valid JSON.',
  },
  'input.tooLarge': {
    es: 'Los datos ocupan demasiado. Divídelos en partes más pequeñas.',
    en: 'There is too much data. Split it into smaller parts.',
  },
  'input.mediaType': {
    es: 'Envía los datos como JSON (application/json).',
    en: 'Send the data as JSON (application/json).',
  },
  'route.methodNotAllowed': {
    es: (p) => `Esta dirección no admite ese método. Admite: ${String(p.allowed)}.`,
    en: (p) => `This address does not take that method. It takes: ${String(p.allowed)}.`,
  },
  'route.notFound': {
    es: 'Esta dirección no existe. Comprueba que esté bien escrita.',
    en: 'There is nothing at this address. Check how it is spelled.',
  },
  'server.failed': {
    es: 'Algo ha fallado por nuestra parte. No se ha perdido nada; inténtalo de nuevo en un momento.',
    en: 'Something failed on our side. Nothing is lost; try again in a moment.',
  },
  'server.unavailable': {
    es: 'Ahora mismo no podemos hacerlo. Inténtalo de nuevo en un momento.',
    en: 'We cannot do this right now. Try again in a moment.',
  },
  'rate.exceeded': {
    es: (p, f) => `Vas demasiado deprisa. Espera ${tellWait(p.seconds, f)} y sigue.`,
    en: (p, f) => `That is a little fast. Wait ${tellWait(p.seconds, f)} and go on.`,
  },
  'mail.notFound': {
    es: 'El texto de este mensaje ya no está aquí, o abre una cuenta que no es de este programa.',
    en: 'The text of this message is no longer here, or it opens an account that is not this program’s.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'mail.read': { es: 'Mensaje leído', en: 'Message read' },
};
