import { changeCategory, createCategory } from '@verbena/shared/forums/categories.routes.js';
import type { CategoryDraft } from '@verbena/shared/forums/category.js';
import { createPost, createThread } from '@verbena/shared/forums/threads.routes.js';
import { aKey } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type DemoPlace, type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

const body = 'Hola a todos';

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/forum/categories': () => ({ slug: 'charla', name: { es: 'Charla' } }),
    'PATCH /programs/:program/forum/categories/:category': () => ({ name: { es: 'Otra' } }),
    'POST /programs/:program/forum/threads': () => ({ key: aKey('hilo'), category: NOBODY, title: 'Un hilo', body }),
    'PATCH /programs/:program/forum/threads/:thread': () => ({ title: 'Otro título' }),
    'POST /programs/:program/forum/threads/:thread/posts': () => ({ key: aKey('respuesta'), body }),
    'PATCH /programs/:program/forum/posts/:post': () => ({ body, version: 1 }),
    'POST /programs/:program/forum/posts/:post/deletion': () => ({ reason: 'Fuera de tema' }),
    'POST /programs/:program/forum/preview': () => ({ body }),
  },
  make: async ({ server, slug }, { caller }) => {
    const params = { program: slug };
    const name = { es: 'Charla', en: 'Talk' };
    const category = await call(server.local, createCategory, { params, body: { slug: 'charla', name } });
    const thread = await call(caller, createThread, {
      params,
      body: { key: aKey('hilo'), category: category.id, title: '¿Quién viene el sábado?', body },
    });
    const post = await call(caller, createPost, {
      params: { ...params, thread: thread.id },
      body: { key: aKey('respuesta'), body },
    });
    const { section, club } = await moreSections({ server, slug });
    return { category: category.id, thread: thread.id, post: post.id, section, club };
  },
  pages: {
    '/console/[program]/forum': [{ who: 'manager' }],
    '/console/[program]/forum/new': [{ who: 'manager' }],
    '/console/[program]/forum/[category]': [
      { who: 'manager' },
      { who: 'owner', at: { category: ':section' } },
      { who: 'owner', at: { category: ':club' } },
      { who: 'manager', at: { category: NOBODY } },
    ],
  },
  makeInDemo: moreSections,
  screens: {
    '/console/[program]/forum': [{ name: 'console-forum', who: 'owner' }],
    '/console/[program]/forum/new': [{ name: 'console-forum-new', who: 'owner' }],
    '/console/[program]/forum/[category]': [
      { name: 'console-forum-category', who: 'owner', at: { category: ':section' } },
      { name: 'console-forum-club', who: 'owner', at: { category: ':club' } },
    ],
  },
};

/** One that everybody reads and some write in, one for gold as a teaser with a hidden one inside of it, and one in the archive. */
async function moreSections({
  server,
  slug,
}: Pick<DemoPlace, 'server' | 'slug'>): Promise<{ section: string; club: string }> {
  const params = { program: slug };
  const make = (body: CategoryDraft) => call(server.local, createCategory, { params, body });
  const moderators = { role: { atLeast: 'moderator' } } as const;
  const oro = { any: [{ tier: { atLeast: 'oro' } }, moderators] };
  const open = { see: null, read: null, create: null, reply: null, moderate: moderators };
  const news = await make({
    ...{ slug: 'avisos', name: { es: 'Avisos de la plaza', en: 'News of the square' }, icon: 'news', color: 'blue' },
    description: { es: 'Horarios, obras y fiestas.', en: 'Opening hours, works and festivals.' },
    rights: { ...open, create: moderators, reply: { badge: 'primera-compra' } },
  });
  const club = await make({
    ...{ slug: 'el-club', name: { es: 'El club de Oro', en: 'The Gold club' }, icon: 'star', color: 'amber' },
    description: { es: 'Los estrenos, antes que nadie.', en: 'What is new, before everybody else.' },
    rights: { ...open, read: oro },
  });
  await make({
    ...{ slug: 'sorteos', name: { es: 'Sorteos', en: 'Draws' }, icon: 'gift', color: 'red', parent: club.id },
    rights: { ...open, see: oro, read: oro },
  });
  await make({
    ...{ slug: 'ayuda', name: { es: 'Ayuda', en: 'Help' }, icon: 'help', color: 'green' },
    ownThreadsOnly: true,
  });
  const { id } = await make({ slug: 'navidad', name: { es: 'Navidad de 2025', en: 'Christmas 2025' }, icon: 'trophy' });
  await call(server.local, changeCategory, { params: { ...params, category: id }, body: { archived: true } });
  return { section: news.id, club: club.id };
}
