import { listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

export const fixtures: ModuleFixtures = {
  bodies: { 'POST /programs/:program/reconciliation': () => ({}) },
  make: async (story, { externalId }) => {
    const { id } = await story.record(aPurchase({ externalId, totalMinor: 1_000 }));
    // Nothing of it was set aside.
    return { seq: '1', entry: '2', 'captures/entry': id, id };
  },
  pages: {
    '/[program]/wallet': [
      { who: 'member' },
      { who: 'member', tail: '?show=reversed' },
      { who: 'member', tail: '?show=missions' },
    ],
    '/[program]/wallet/[entry]': [{ who: 'member' }, { who: 'member', at: { entry: '99' } }],
    '/console/[program]/members/[member]/entries/[entry]': [{ who: 'manager' }],
    '/console/[program]/members/[member]/then': [{ who: 'manager' }, { who: 'manager', at: { member: NOBODY } }],
  },
  makeInDemo: async ({ slug, lucia }) => {
    const params = { program: slug, member: 'me' };
    const { items } = await call(lucia, listEntries, { params, query: { only: 'points', limit: '1' } });
    return { entry: String(items[0]?.seq ?? 1) };
  },
  screens: {
    '/[program]/wallet': [
      { name: 'wallet', who: 'lucia' },
      { name: 'wallet-empty', who: 'marcos' },
    ],
    '/[program]/wallet/[entry]': [{ name: 'receipt', who: 'lucia' }],
    '/console/[program]/members/[member]/entries/[entry]': [{ name: 'console-receipt', who: 'owner' }],
    '/console/[program]/members/[member]/then': [{ name: 'console-member-then', who: 'owner' }],
  },
};
