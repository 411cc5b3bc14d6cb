import { addSegmentMembers, createSegment } from '@verbena/shared/segments/segments.routes.js';
import { aKey } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type DemoPlace, type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

const aList = { slug: 'prensa', name: { es: 'Prensa', en: 'Press' }, kind: 'list' } as const;

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/segments': () => ({ slug: aKey('lista').toLowerCase(), name: aList.name, kind: 'list' }),
    'PATCH /programs/:program/segments/:segment': () => ({ name: { es: 'Gente de la prensa' } }),
    'POST /programs/:program/segments/:segment/members': () => ({ members: ['ext:alguien'] }),
  },
  make: async ({ server, slug }, { member }) => {
    const params = { program: slug };
    const { id } = await call(server.local, createSegment, { params, body: aList });
    const members = [member ?? ''];
    await call(server.local, addSegmentMembers, { params: { ...params, segment: id }, body: { members } });
    return { segment: id, condition: await aCondition({ server, slug }) };
  },
  pages: {
    '/console/[program]/segments': [{ who: 'manager' }],
    '/console/[program]/segments/[segment]': [
      { who: 'manager' },
      { who: 'owner', at: { segment: ':condition' } },
      { who: 'manager', at: { segment: NOBODY } },
    ],
  },
  makeInDemo: async (demo) => ({ segment: await aCondition(demo) }),
  screens: {
    '/console/[program]/segments': [{ name: 'console-segments', who: 'owner' }],
    '/console/[program]/segments/[segment]': [{ name: 'console-segment', who: 'owner' }],
  },
};

/** Whoever has reached silver, or has not bought anything yet. */
async function aCondition({ server, slug }: Pick<DemoPlace, 'server' | 'slug'>): Promise<string> {
  const condition = { any: [{ tier: { atLeast: 'plata' } }, { not: { badge: 'primera-compra' } }] };
  const body = { slug: 'de-plata', name: { es: 'De plata', en: 'Silver' }, kind: 'condition', condition } as const;
  return (await call(server.local, createSegment, { params: { program: slug }, body })).id;
}
