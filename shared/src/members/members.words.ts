import type { ListWords, PermissionWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './members.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'consent.notOwn': {
    es: 'Solo la propia persona puede aceptar las condiciones o dar un permiso.',
    en: 'Only the person themselves can accept the terms or give consent.',
  },
  'member.notFound': {
    es: 'Este miembro no existe en el programa.',
    en: 'There is no such member in this program.',
  },
  'member.hasLogin': {
    es: 'Este miembro ya tiene otra cuenta.',
    en: 'This member belongs to another login.',
  },
  'member.alreadyEnrolled': {
    es: 'Tu cuenta ya está en este programa.',
    en: 'Your account is in this program already.',
  },
  'member.aliasTaken': {
    es: 'Otra persona ya usa ese alias, u otro que se lee igual: no cuentan tildes, mayúsculas, espacios ni puntos. Prueba con otro.',
    en: 'Somebody else has that alias, or one that reads the same: accents, capitals, blanks and dots do not count. Try another one.',
  },
  'member.notEnrolled': {
    es: 'Esta persona no se ha dado de alta en el programa. No se ha guardado nada.',
    en: 'This person has not joined the program. Nothing was stored.',
  },
  'member.closed': {
    es: 'Esta cuenta ya se unió a otra.',
    en: 'This account was joined to another one already.',
  },
  'member.left': {
    es: 'Este miembro se ha dado de baja del programa.',
    en: 'This member has left the program.',
  },
  'claim.invalid': {
    es: 'Este código de vinculación ya se ha usado o ha caducado. Pide otro al equipo del programa.',
    en: 'This claim code was used or is over. Ask the program’s team for another one.',
  },
  'joinCode.notFound': {
    es: 'Ese código no vale: no es una invitación ni un código de vinculación en vigor. Mira si lo has escrito entero.',
    en: 'That code is no good: it is neither an invitation nor a claim code in force. Check that you have typed all of it.',
  },
  'card.taken': {
    es: (p) =>
      p['called'] === undefined
        ? 'Esa tarjeta ya es de otro socio.'
        : `Esa tarjeta ya es de ${String(p['called'])}. Si es la misma persona, une sus cuentas.`,
    en: (p) =>
      p['called'] === undefined
        ? 'That card is another member’s already.'
        : `That card is ${String(p['called'])}’s already. If it is the same person, join the accounts.`,
  },
  'card.notFound': {
    es: 'Este socio ya no tiene esa tarjeta.',
    en: 'This member does not have that card any more.',
  },
};

export const permissions: PermissionWords<typeof manifest.permissions> = {
  'members.read': {
    es: {
      label: 'Ver a los socios y sus movimientos',
      text: 'Para mostrar el saldo en tu web o en la caja. Incluye nombres.',
    },
    en: {
      label: 'See members and their movements',
      text: 'To show the balance on your website or at the till. It includes names.',
    },
  },
  'members.claim': {
    es: { label: 'Crear códigos de vinculación', text: 'Para dar el código junto a la tarjeta, en tu propia web.' },
    en: { label: 'Make claim codes', text: 'To hand out the code with the card, on your own website.' },
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'member.named': { es: 'Socio nombrado', en: 'Member named' },
  'member.changed': { es: 'Datos del socio cambiados', en: 'Member’s details changed' },
  'member.joined': { es: 'Alta de un socio', en: 'A member joined' },
  'member.consentWithdrawn': { es: 'Permiso retirado en nombre de un socio', en: 'Consent withdrawn for a member' },
  'member.left': { es: 'Baja de un socio', en: 'A member left' },
  'member.cardAdded': { es: 'Tarjeta añadida a un socio', en: 'Card given to a member' },
  'member.cardRemoved': { es: 'Tarjeta quitada a un socio', en: 'Card taken from a member' },
  'member.claimCodeIssued': { es: 'Código de vinculación creado', en: 'Claim code made' },
};

export const auditSubjects: ListWords<typeof manifest.auditSubjects> = {
  member: { es: 'Socio', en: 'Member' },
};
