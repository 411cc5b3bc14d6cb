import { createCategory } from '@verbena/shared/forums/categories.routes.js';
import { createPost, createThread } from '@verbena/shared/forums/threads.routes.js';
import { aKey } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

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
    'POST /programs/:program/forum/import': () => ({
      key: aKey('importado'),
      category: 'charla',
      title: 'De otro sitio',
      posts: [{ author: NOBODY, at: '2026-01-01T10:00:00.000Z', body }],
    }),
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
    return { category: category.id, thread: thread.id, post: post.id };
  },
};
