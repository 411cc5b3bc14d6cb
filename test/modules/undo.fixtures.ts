import { getUndoPlan, planUndo } from '@verbena/shared/undo/undo-plans.routes.js';
import { eventually } from '#support/eventually.js';
import { call } from '#support/http-call.js';
import { type DemoPlace, type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

type Place = Pick<DemoPlace, 'server' | 'slug'>;
const draft = { version: 1, reason: 'Un cero de más', message: { es: 'Lo hemos corregido.' } };

export const fixtures: ModuleFixtures = {
  bodies: { 'POST /programs/:program/undo-plans': () => draft },
  make: aPlan,
  ready: (story, { plan = '' }) => planned(story, plan),
  pages: {
    '/console/[program]/undo': [{ who: 'manager' }, { who: 'manager', tail: '?version=1' }],
    '/console/[program]/undo/[plan]': [{ who: 'owner' }, { who: 'manager', at: { plan: NOBODY } }],
  },
  makeInDemo: async (demo) => {
    const made = await aPlan(demo);
    await planned(demo, made.plan);
    return made;
  },
  screens: {
    '/console/[program]/undo': [{ name: 'console-undo', who: 'owner', tail: '?version=1' }],
    '/console/[program]/undo/[plan]': [{ name: 'console-undo-plan', who: 'owner' }],
  },
};

/** What the purchases of the first version gave is to be taken back. */
async function aPlan({ server, slug }: Place): Promise<{ plan: string }> {
  const body = { ...draft, rule: 'compra' };
  return { plan: (await call(server.local, planUndo, { params: { program: slug }, body })).id };
}

function planned({ server, slug }: Place, plan: string): Promise<unknown> {
  return eventually(
    async () => (await call(server.local, getUndoPlan, { params: { program: slug, plan } })).status === 'planned',
    { withinMs: 120_000, until: 'the undo is worked out' },
  );
}
