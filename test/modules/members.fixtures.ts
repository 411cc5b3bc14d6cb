import { changeConsents } from '@verbena/shared/members/consents.routes.js';
import { changeProfile, listMembers } from '@verbena/shared/members/members.routes.js';
import { LUCIA } from '@verbena/seeds/demo/plaza.js';
import { aKey, aMember } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';
import { opening } from '#screens/opening.js';

const EVERYTHING = { name: true, tier: true, badges: true, points: true, joined: true };

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/members/:member/consents': () => ({ version: 1, language: 'es', accepts: true }),
    'PATCH /programs/:program/members/:member/attributes': () => ({ attributes: {} }),
    'PUT /programs/:program/members/:member': () => ({ name: 'Lucía Peña', alias: 'luz', language: 'es' }),
    'POST /programs/:program/join': () => ({
      ...{ alias: 'luz de sol', boards: 'alias', language: 'es', zone: 'Europe/Madrid' },
      ...{ invitation: '0123456789', claim: '0123-4567-89AB' },
      consents: { version: 1, language: 'es', accepts: true, purposes: {} },
    }),
    'POST /programs/:program/join-codes': () => ({ code: '0123456789' }),
    'POST /programs/:program/alias-checks': () => ({ alias: 'Nadie' }),
    'POST /programs/:program/members/:member/leave': () => ({}),
    'PATCH /programs/:program/members/:member/profile': () => ({
      ...{ name: 'Lucía Peña', alias: 'luz de sol', language: 'es', zone: 'Europe/Madrid', boards: 'alias' },
      shows: { name: false, tier: true, badges: true, points: false, joined: false },
      chosenBadges: ['primera-compra'],
    }),
    'POST /programs/:program/members/:member/claim-codes': () => ({}),
    'POST /programs/:program/members/:member/cards': () => ({
      externalId: aKey('tarjeta'),
      reason: 'La trajo en mano',
    }),
    'POST /programs/:program/members/:member/cards/removal': () => ({
      externalId: aKey('tarjeta'),
      reason: 'La ha perdido',
    }),
    'POST /programs/:program/logins': () => {
      const { email, password, name } = aMember();
      return { email, password, name, language: 'es', role: 'member', member: `ext:${aKey('tarjeta')}` };
    },
  },
  // One member accepted what is in force, the others are asked to.
  make: async ({ slug }, { caller }) => {
    const params = { program: slug, member: 'me' };
    const alias = 'Luz de Feria';
    await call(caller, changeProfile, { params, body: { alias, shows: EVERYTHING } });
    await call(caller, changeConsents, {
      params,
      body: { version: 1, language: 'es', accepts: true, ofAge: true, purposes: { ofertas: true } },
    });
    return { alias };
  },
  pages: {
    '/[program]': [{ who: 'member' }, { who: 'nobody' }],
    '/[program]/join': [{ who: 'nobody' }],
    '/[program]/me': [{ who: 'member' }],
    '/console/[program]/members': [
      { who: 'manager' },
      { who: 'owner', at: { program: ':program~test' } },
      { who: 'manager', tail: '?search=nadie-se-llama-as%C3%AD' },
    ],
    '/console/[program]/members/[member]': [
      { who: 'manager' },
      { who: 'manager', tail: '?show=missions' },
      { who: 'manager', at: { member: NOBODY } },
    ],
  },
  makeInDemo: async ({ server, slug }) => {
    const query = { search: LUCIA.externalId };
    const { items } = await call(server.local, listMembers, { params: { program: slug }, query });
    return { member: items[0]?.id ?? '' };
  },
  screens: {
    '/[program]': [
      { name: 'public-page', who: 'visitor' },
      { name: 'home', who: 'lucia' },
      { name: 'home-first-day', who: 'marcos' },
      { name: 'bell', who: 'lucia', prepare: opening(/^(?:Avisos|Notices|Notifications)/) },
      { name: 'member-code', who: 'lucia', prepare: opening(/^(?:Tu código de socio|Your member code)/) },
      { name: 'not-found', who: 'lucia', tail: '/no-hay-nada' },
    ],
    '/[program]/join': [{ name: 'join', who: 'visitor' }],
    '/[program]/me': [{ name: 'my-account', who: 'lucia' }],
    '/console/[program]/members': [{ name: 'console-members', who: 'owner' }],
    '/console/[program]/members/[member]': [
      { name: 'console-member', who: 'owner' },
      { name: 'console-member-cards', who: 'owner', prepare: opening(/^(?:Tarjetas|Cards)$/) },
      { name: 'console-member-missions', who: 'owner', tail: '?show=missions' },
      { name: 'console-member-badges', who: 'owner', tail: '?show=badges' },
    ],
  },
};
