import { aKey } from '#support/factories.js';
import { type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

const currency = 'puntos';

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/members/:member/pending/:ref/activation': () => ({ key: aKey('ya'), reason: 'Ya llegó' }),
    'POST /programs/:program/members/:member/pending/:ref/date': () => ({
      key: aKey('fecha'),
      reason: 'Lo pidió',
      on: '2030-01-01',
    }),
    'POST /programs/:program/members/:member/pending/:ref/cancellation': () => ({
      key: aKey('no'),
      reason: 'Un error',
    }),
    'POST /programs/:program/members/:member/holds': () => ({ key: aKey('reserva'), currency, amount: 1 }),
    'POST /programs/:program/members/:member/holds/:ref/capture': () => ({ key: aKey('cobro'), amount: 1 }),
    'POST /programs/:program/members/:member/captures/:entry/cancellation': () => ({ key: aKey('anular'), amount: 1 }),
    'POST /programs/:program/members/:member/holds/:ref/release': () => ({ key: aKey('soltar') }),
    'POST /programs/:program/members/:member/transfers': () => ({
      key: aKey('regalo'),
      currency,
      amount: 1,
      to: { alias: 'Luz de Feria' },
    }),
    'POST /programs/:program/members/:member/adjustments': () => ({
      key: aKey('ajuste'),
      currency,
      amount: 5,
      reason: 'Un regalo',
    }),
    'POST /programs/:program/adjustments/:adjustment/refusal': () => ({ reason: 'Sin motivo' }),
  },
  make: () => ({ ref: '1-1', adjustment: NOBODY }),
  pages: { '/console/[program]/approvals': [{ who: 'manager' }, { who: 'manager', tail: '?show=decided' }] },
  screens: { '/console/[program]/approvals': [{ name: 'console-approvals', who: 'owner' }] },
};
