import type { ErrorSpec } from '#platform/manifest.js';

export const errors = {
  'merge.same': {
    status: 422,
    title: { es: 'Un miembro no se une consigo mismo', en: 'A member cannot be joined to itself' },
  },
  'merge.own': {
    status: 403,
    title: {
      es: 'Una cuenta tuya la tiene que unir otra persona',
      en: 'Somebody else has to join an account of yours',
    },
  },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = ['member.merged'] as const;
