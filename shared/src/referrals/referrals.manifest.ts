import type { ErrorSpec } from '#platform/manifest.js';

export const errors = {
  'invitation.notFound': { status: 404, title: { es: 'No hay tal invitación', en: 'There is no such invitation' } },
  'referral.self': { status: 422, title: { es: 'Nadie se invita a sí mismo', en: 'Nobody can invite themselves' } },
  'referral.none': {
    status: 404,
    title: { es: 'Este programa no tiene invitaciones', en: 'This program has no referrals' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const reservedSlugs = ['i'] as const;
