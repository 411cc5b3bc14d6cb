import { createApiKey } from '@verbena/shared/identity/api-keys.routes.js';
import { listSessions } from '@verbena/shared/identity/accounts.routes.js';
import { anApiKey } from '#support/factories.js';
import { call } from '#support/http-call.js';
import type { ModuleFixtures } from '#support/module-fixtures.js';

const password = 'una-clave-larga';
/** As a mail would bring it, of nobody. */
const CODE = 'x'.repeat(43);

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /auth/login': () => ({ email: 'alguien@example.com', password }),
    'POST /auth/register': ({ story }) => ({
      email: 'otra@example.com',
      password,
      name: 'Otra Persona',
      language: 'es',
      program: story.slug,
    }),
    'POST /auth/verify': () => ({ code: 'A'.repeat(43) }),
    'POST /auth/verify/resend': ({ story }) => ({ program: story.slug }),
    'POST /auth/reset': ({ story }) => ({ email: 'nadie@example.com', program: story.slug }),
    'POST /auth/reset/confirm': () => ({ code: 'A'.repeat(43), password }),
    'POST /auth/password': () => ({ current: password, password: 'otra-clave-larga' }),
    'PATCH /me': () => ({ name: 'Otra', language: 'en' }),
    'POST /me/second-factor': () => ({ password }),
    'POST /me/second-factor/confirm': () => ({ code: '123456' }),
    'POST /auth/second-factor': () => ({ code: '123456' }),
    'POST /me/second-factor/remove': () => ({ password, code: '123456' }),
    'POST /programs/:program/keys': () => anApiKey(),
  },
  make: async ({ server, slug }, { caller }) => {
    const key = await call(server.local, createApiKey, { params: { program: slug }, body: anApiKey() });
    const [session] = (await call(caller, listSessions)).items;
    return { 'keys/key': key.id, session: session?.id ?? '' };
  },
  pages: {
    '/[program]/login': [{ who: 'nobody' }],
    '/[program]/reset': [
      { who: 'nobody' },
      { who: 'nobody', tail: `#code=${CODE}` },
      { who: 'nobody', tail: '#code=corto' },
    ],
    '/[program]/verify': [{ who: 'nobody', tail: `#code=${CODE}` }, { who: 'member' }],
    '/console/[program]/keys': [{ who: 'owner' }, { who: 'manager' }],
    '/console/[program]/keys/new': [{ who: 'owner' }],
    '/console/[program]/security': [{ who: 'owner' }],
  },
  screens: {
    '/[program]/login': [{ name: 'login', who: 'visitor' }],
    '/[program]/reset': [
      { name: 'reset', who: 'visitor' },
      { name: 'reset-choose', who: 'visitor', tail: `#code=${CODE}` },
    ],
    '/[program]/verify': [{ name: 'verify-used', who: 'visitor', tail: `#code=${CODE}` }],
    '/console/[program]/keys': [{ name: 'console-keys', who: 'owner' }],
    '/console/[program]/keys/new': [{ name: 'console-new-key', who: 'owner' }],
    '/console/[program]/security': [{ name: 'console-security', who: 'owner' }],
  },
};
