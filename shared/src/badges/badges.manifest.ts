import type { ErrorSpec } from '#platform/manifest.js';

export const errors = {
  'badge.notHeld': {
    status: 409,
    title: { es: 'El miembro no tiene esta insignia', en: 'The member does not hold this badge' },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = ['badge.withdrawn'] as const;
