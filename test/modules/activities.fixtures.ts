import { aKey, aPurchase, DEPARTMENTS } from '#support/factories.js';
import { type ModuleFixtures, TEXT } from '#support/module-fixtures.js';

const byHand = { type: 'purchase', attributes: { totalMinor: 1_000 } };

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/activities': () =>
      aPurchase({ departments: [DEPARTMENTS[0]], channel: 'shop', occurredAt: new Date().toISOString() }),
    'POST /programs/:program/activities/batch': () => ({ activities: [aPurchase()] }),
    'POST /programs/:program/members/:member/activities': () => ({
      key: aKey('mano'),
      ...byHand,
      reason: 'No pasó por caja',
    }),
    'POST /programs/:program/members/:member/activities/trial': () => byHand,
    'POST /programs/:program/members/:member/entries/:seq/reversal': () => ({
      key: aKey('deshacer'),
      reason: 'Un error',
    }),
    'POST /programs/:program/members/:member/entries/:seq/return': () => ({
      key: aKey('devolver'),
      reason: 'Una devolución',
      remaining: { totalMinor: 100 },
    }),
    'POST /programs/:program/activities/:key/reversal': () => ({ key: aKey('devolver'), reason: 'Una devolución' }),
  },
  definitions: {
    activityTypes: [
      {
        ...{ id: 'purchase', rev: 1, name: TEXT },
        attributes: {
          type: 'object',
          required: ['totalMinor'],
          properties: { totalMinor: { type: 'integer', minimum: 0, 'x-unit': 'EUR' } },
        },
      },
    ],
  },
  make: async (story, { externalId }) => {
    const { key } = await story.record(aPurchase({ externalId, totalMinor: 1_000 }));
    return { key };
  },
  pages: { '/console/[program]/activities': [{ who: 'manager' }, { who: 'manager', tail: '?member=:member' }] },
  screens: { '/console/[program]/activities': [{ name: 'console-record', who: 'owner', tail: '?member=:member' }] },
};
