import { type ModuleFixtures, TEXT } from '#support/module-fixtures.js';

const pause = { from: '2030-01-01', until: '2030-01-02' };

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/members/:member/missions/:mission/pauses': () => pause,
    'PUT /programs/:program/members/:member/missions/:mission/pauses/:first': () => pause,
    'POST /programs/:program/members/:member/missions/:mission/restorations': () => ({
      period: '2026-W01',
      reason: 'Se cayó la caja',
    }),
    'POST /programs/:program/members/:member/missions/:mission/freezes': () => ({ freezes: 1, reason: 'Un detalle' }),
  },
  definitions: {
    missions: [
      {
        ...{ id: 'diez', rev: 1, name: TEXT, description: TEXT, on: { activity: 'purchase' }, zone: 'program' },
        goal: { kind: 'count', target: 10, per: 'month' },
        reward: { points: [{ currency: 'puntos', amount: 5 }], badges: [] },
      },
    ],
  },
  make: () => ({ mission: 'diez-visitas', first: pause.from }),
  pages: {
    '/[program]/missions': [
      { who: 'member' },
      { who: 'member', tail: '?show=available' },
      { who: 'member', tail: '?show=completed' },
    ],
    '/[program]/missions/[mission]': [
      { who: 'member' },
      { who: 'member', at: { mission: 'ocho-secciones' } },
      { who: 'member', at: { mission: 'racha-semanal' } },
      { who: 'member', at: { mission: 'no-hay' } },
    ],
  },
  screens: {
    '/[program]/missions': [
      { name: 'missions', who: 'lucia' },
      { name: 'missions-completed', who: 'lucia', tail: '?show=completed' },
    ],
    '/[program]/missions/[mission]': [
      { name: 'mission-count', who: 'lucia', at: { mission: 'diez-visitas' } },
      { name: 'mission-distinct', who: 'lucia', at: { mission: 'ocho-secciones' } },
      { name: 'mission-streak', who: 'lucia', at: { mission: 'racha-semanal' } },
    ],
  },
};
