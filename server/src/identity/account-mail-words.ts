import type { Language } from '@verbena/shared/platform/localized-text.js';

/** What a mail about an account says; `link` stands alone on its line. */
export interface MailWords {
  readonly subject: (place: string) => string;
  readonly paragraphs: (place: string, link: string) => readonly string[];
}

export type AccountMail = 'verify' | 'reset' | 'passwordChanged' | 'secondFactorSet' | 'secondFactorRemoved';

interface LanguageWords extends Readonly<Record<AccountMail, MailWords>> {
  readonly greeting: (name: string | null) => string;
  readonly farewell: string;
}

const es: LanguageWords = {
  greeting: (name) => (name === null ? 'Hola:' : `Hola, ${name}:`),
  farewell: 'Hasta pronto,',
  verify: {
    subject: (place) => `Confirma tu correo en ${place}`,
    paragraphs: (place, link) => [
      `¡Qué bien tenerte en ${place}! Para confirmar que este correo es tuyo, abre este enlace:`,
      link,
      'Vale siete días y una sola vez. Mientras tanto puedes usar tu cuenta con normalidad.',
      'Si no has creado tú esta cuenta, no abras el enlace: sin él, nadie puede hacer pasar este correo por suyo.',
    ],
  },
  reset: {
    subject: (place) => `Elige una contraseña nueva para ${place}`,
    paragraphs: (place, link) => [
      `Alguien ha pedido una contraseña nueva para tu cuenta de ${place}. Si has sido tú, elígela aquí:`,
      link,
      'El enlace vale una hora y una sola vez. Al usarlo se cierra la sesión en todos tus dispositivos.',
      'Si no lo has pedido tú, no hagas nada: tu contraseña sigue siendo la misma.',
    ],
  },
  passwordChanged: {
    subject: (place) => `Tu contraseña de ${place} ha cambiado`,
    paragraphs: (place) => [
      `Acabamos de cambiar la contraseña de tu cuenta de ${place} y hemos cerrado la sesión en tus otros dispositivos.`,
      'Si has sido tú, ya está todo hecho.',
      'Si no, entra cuanto antes en la página donde sueles iniciar sesión y pide una contraseña nueva con este correo.',
    ],
  },
  secondFactorSet: {
    subject: (place) => `Has activado la verificación en dos pasos en ${place}`,
    paragraphs: (place) => [
      `Tu cuenta de ${place} pide desde ahora un código de tu aplicación de autenticación para lo que más cuidado necesita.`,
      'Si has sido tú, ya está todo hecho. Guarda bien los códigos de recuperación.',
      'Si no, pide cuanto antes una contraseña nueva con este correo y avisa a quien lleva el programa.',
    ],
  },
  secondFactorRemoved: {
    subject: (place) => `Has quitado la verificación en dos pasos en ${place}`,
    paragraphs: (place) => [
      `Tu cuenta de ${place} ya no pide el código de tu aplicación de autenticación.`,
      'Si has sido tú, ya está todo hecho.',
      'Si no, pide cuanto antes una contraseña nueva con este correo y avisa a quien lleva el programa.',
    ],
  },
};

const en: LanguageWords = {
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  farewell: 'See you soon,',
  verify: {
    subject: (place) => `Confirm your e-mail for ${place}`,
    paragraphs: (place, link) => [
      `It is good to have you in ${place}! To confirm that this address is yours, open this link:`,
      link,
      'It works once, for seven days. Meanwhile you can use your account as usual.',
      'If you did not create this account, do not open the link: without it nobody can pass this address off as theirs.',
    ],
  },
  reset: {
    subject: (place) => `Choose a new password for ${place}`,
    paragraphs: (place, link) => [
      `Somebody asked for a new password for your ${place} account. If that was you, choose it here:`,
      link,
      'The link works once, for an hour. Using it logs you out on all your devices.',
      'If it was not you, do nothing: your password stays as it is.',
    ],
  },
  passwordChanged: {
    subject: (place) => `Your ${place} password has changed`,
    paragraphs: (place) => [
      `We have just changed the password of your ${place} account and logged out your other devices.`,
      'If that was you, all is done.',
      'If not, go to the page where you usually log in as soon as you can and ask for a new password with this address.',
    ],
  },
  secondFactorSet: {
    subject: (place) => `You turned on two-step verification in ${place}`,
    paragraphs: (place) => [
      `From now on your ${place} account asks for a code of your authenticator app for what needs most care.`,
      'If that was you, all is done. Keep the recovery codes in a safe place.',
      'If not, ask for a new password with this address as soon as you can, and tell whoever runs the program.',
    ],
  },
  secondFactorRemoved: {
    subject: (place) => `You turned off two-step verification in ${place}`,
    paragraphs: (place) => [
      `Your ${place} account no longer asks for the code of your authenticator app.`,
      'If that was you, all is done.',
      'If not, ask for a new password with this address as soon as you can, and tell whoever runs the program.',
    ],
  },
};

const WORDS: Readonly<Record<Language, LanguageWords>> = { es, en };

/** A name that somebody chose may hold an advertisement with an address; only what reads as a name is said. */
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}'’ -]{0,39}$/u;

/** Subject and plain text of a mail, signed with the place (the program's name) that it is about. */
export function writeAccountMail(
  mail: AccountMail,
  given: { readonly language: Language; readonly name: string; readonly place: string; readonly link: string },
): { readonly subject: string; readonly text: string } {
  const words = WORDS[given.language];
  const name = given.name.trim();
  const paragraphs = [
    words.greeting(NAME.test(name) ? name : null),
    ...words[mail].paragraphs(given.place, given.link),
    `${words.farewell}\n${given.place}`,
  ];
  return { subject: words[mail].subject(given.place), text: `${paragraphs.join('\n\n')}\n` };
}
