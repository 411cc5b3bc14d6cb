import type { ErrorSpec, PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  'members.claim': { role: 'manager', secondFactor: 'always', forKeys: true },
  'members.read': { role: 'manager', secondFactor: 'never', forKeys: true },
  'members.write': { role: 'manager', secondFactor: 'always' },
} as const satisfies Record<string, PermissionSpec>;

export const errors = {
  'consent.notOwn': {
    status: 403,
    title: { es: 'Solo la propia persona acepta y consiente', en: 'Only the member itself accepts and consents' },
  },
  'member.notFound': { status: 404, title: { es: 'No hay tal miembro', en: 'There is no such member' } },
  'member.hasLogin': {
    status: 409,
    title: { es: 'Este miembro es de otra cuenta', en: 'This member belongs to another login' },
  },
  'member.alreadyEnrolled': {
    status: 409,
    title: { es: 'Esta cuenta ya está en el programa', en: 'This login is a member of the program already' },
  },
  'member.aliasTaken': {
    status: 409,
    title: { es: 'Otro miembro tiene ese alias', en: 'Another member has this alias' },
  },
  'member.notEnrolled': {
    status: 409,
    title: { es: 'Esta persona no se ha dado de alta en el programa', en: 'This person has not joined the program' },
  },
  'member.closed': {
    status: 409,
    title: { es: 'Este miembro se unió a otro', en: 'This member was joined to another one' },
  },
  'member.left': {
    status: 409,
    title: { es: 'Este miembro ha dejado el programa', en: 'This member has left the program' },
  },
  'claim.invalid': {
    status: 422,
    title: {
      es: 'Este código de vinculación se usó, ha caducado o no existió',
      en: 'This claim code was used, is over, or never was',
    },
  },
  'joinCode.notFound': {
    status: 404,
    title: {
      es: 'No es una invitación ni un código de vinculación en vigor',
      en: 'This is neither an invitation nor a claim code that is good',
    },
  },
  'card.taken': { status: 409, title: { es: 'Esa tarjeta es de otro miembro', en: 'Another member has this card' } },
  'card.notFound': {
    status: 404,
    title: { es: 'Este miembro no tiene esa tarjeta', en: 'This member has no such card' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = [
  'member.named',
  'member.changed',
  'member.joined',
  'member.consentWithdrawn',
  'member.left',
  'member.cardAdded',
  'member.cardRemoved',
  'member.claimCodeIssued',
] as const;

export const auditSubjects = ['member'] as const;
