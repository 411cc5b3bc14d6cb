import { register } from '@verbena/shared/identity/accounts.routes.js';
import { joinProgram } from '@verbena/shared/members/members.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { aMember } from '#support/factories.js';
import { call, type Caller } from '#support/http-call.js';
import type { ModuleFixtures } from '#support/module-fixtures.js';

const codeOf = async (caller: Caller, program: string) =>
  (await call(caller, getReferrals, { params: { program, member: 'me' } })).code;

export const fixtures: ModuleFixtures = {
  // Somebody new joins by the person's code.
  make: async (story, { caller }) => {
    const code = await codeOf(caller, story.slug);
    const { name, email, password } = aMember();
    await call({ url: story.server.url }, register, { body: { name, email, password } });
    const friend = await story.logIn({ email, password });
    const consents = { version: 1, language: 'es', accepts: true, ofAge: true } as const;
    await call(friend.caller, joinProgram, { params: { program: story.slug }, body: { invitation: code, consents } });
    return { code };
  },
  pages: {
    '/[program]/i/[code]': [{ who: 'nobody', at: { code: 'N0EX1STE' } }],
    '/[program]/invite': [{ who: 'member' }, { who: 'shy' }],
  },
  makeInDemo: async ({ slug, lucia }) => ({ code: await codeOf(lucia, slug) }),
  screens: {
    '/[program]/i/[code]': [
      { name: 'invitation', who: 'visitor' },
      { name: 'invitation-unknown', who: 'visitor', at: { code: 'N0EX1STE' } },
    ],
    '/[program]/invite': [
      { name: 'invite', who: 'lucia' },
      { name: 'invite-nobody', who: 'marcos' },
    ],
  },
};
