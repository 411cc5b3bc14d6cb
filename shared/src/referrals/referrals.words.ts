import type { Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './referrals.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'invitation.notFound': {
    es: 'Esta invitación no existe. Comprueba el enlace o entra sin ella.',
    en: 'There is no such invitation. Check the link, or join without it.',
  },
  'referral.self': {
    es: 'No te puedes invitar a ti. Comparte tu enlace con otra persona.',
    en: 'You cannot invite yourself. Share your link with somebody else.',
  },
  'referral.none': {
    es: 'Este programa no tiene invitaciones.',
    en: 'This program has no invitations.',
  },
};
