import { addSegmentMembers, createSegment } from '@verbena/shared/segments/segments.routes.js';
import { aKey } from '#support/factories.js';
import { call } from '#support/http-call.js';
import type { ModuleFixtures } from '#support/module-fixtures.js';

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
    return { segment: id };
  },
};
