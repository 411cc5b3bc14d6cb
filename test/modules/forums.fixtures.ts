import { changeCategory, createCategory, listCategories } from '@verbena/shared/forums/categories.routes.js';
import type { CategoryDraft } from '@verbena/shared/forums/category.js';
import { PAIR_GIVES_MIN } from '@verbena/shared/forums/pairs.routes.js';
import {
  changePost,
  changeThread,
  createPost,
  createThread,
  deletePost,
  getThread,
  listThreads,
  reactToPost,
  type ThreadRow,
} from '@verbena/shared/forums/threads.routes.js';
import { getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { login } from '@verbena/shared/identity/identity.routes.js';
import { changeProfile, createLogin } from '@verbena/shared/members/members.routes.js';
import { opening } from '#screens/opening.js';
import { aKey, aMember } from '#support/factories.js';
import { hiddenBelow } from '#support/forum.js';
import { call, type Caller } from '#support/http-call.js';
import { type DemoPlace, type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

const body = 'Hola a todos';
/** As long as an id of the forum, and nobody's. */
const NOTHING = 'A'.repeat(22);

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/forum/categories': () => ({ slug: 'charla', name: { es: 'Charla' } }),
    'PATCH /programs/:program/forum/categories/:category': () => ({ name: { es: 'Otra' } }),
    'POST /programs/:program/forum/threads': () => ({ key: aKey('hilo'), category: NOBODY, title: 'Un hilo', body }),
    'PATCH /programs/:program/forum/threads/:thread': () => ({ title: 'Otro título' }),
    'POST /programs/:program/forum/threads/:thread/posts': () => ({ key: aKey('respuesta'), body }),
    'POST /programs/:program/forum/threads/:thread/reading': () => ({ number: 1 }),
    'PATCH /programs/:program/forum/posts/:post': () => ({ body, version: 1 }),
    'POST /programs/:program/forum/posts/:post/deletion': () => ({ reason: 'Fuera de tema' }),
    'PUT /programs/:program/forum/posts/:post/reaction': () => ({ reaction: 'like' }),
    'POST /programs/:program/forum/import': () => ({
      key: aKey('importado'),
      category: 'charla',
      title: 'De otro sitio',
      posts: [{ author: NOBODY, at: '2026-01-01T10:00:00.000Z', body }],
    }),
    'PUT /programs/:program/forum/threads/:thread/follow': () => ({ level: 'mute' }),
    'PUT /programs/:program/forum/categories/:category/follow': () => ({ level: 'watch' }),
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
    await aPair(server, slug, category.id);
    const oro = { slug: 'solo-oro', name: { es: 'Solo Oro' }, rights: { ...hiddenBelow('oro'), see: null } };
    await call(server.local, createCategory, { params, body: oro });
    return {
      ...(await moreSections({ server, slug })),
      category: category.id,
      thread: thread.id,
      post: post.id,
      'forum/category': 'charla',
      ':thread/slug': thread.slug,
      [`${NOTHING}/slug`]: 'no-hay',
    };
  },
  pages: {
    '/[program]/forum': [{ who: 'member' }, { who: 'nobody' }],
    '/[program]/forum/[category]': [
      { who: 'member' },
      { who: 'shy', at: { category: 'solo-oro' } },
      { who: 'member', at: { category: 'no-hay' } },
      { who: 'nobody' },
    ],
    '/[program]/forum/new': [{ who: 'member' }, { who: 'nobody' }],
    '/[program]/forum/t/[thread]/[[slug]]': [
      { who: 'member' },
      { who: 'shy', tail: '#p2' },
      { who: 'member', at: { thread: NOTHING } },
      { who: 'nobody' },
    ],
    '/[program]/forum/p/[post]': [{ who: 'member' }, { who: 'member', at: { post: NOTHING } }, { who: 'nobody' }],
    '/console/[program]/forum': [{ who: 'manager' }],
    '/console/[program]/forum/new': [{ who: 'manager' }],
    '/console/[program]/forum/pairs': [{ who: 'manager' }],
    '/console/[program]/forum/[category]': [
      { who: 'manager', at: { category: ':section' } },
      { who: 'owner', at: { category: ':section' } },
      { who: 'owner', at: { category: ':club' } },
      { who: 'manager', at: { category: NOBODY } },
    ],
  },
  makeInDemo: aDemoForum,
  screens: {
    '/[program]/forum': [{ name: 'forum', who: 'lucia' }],
    '/[program]/forum/[category]': [
      { name: 'forum-category', who: 'lucia' },
      { name: 'forum-category-teaser', who: 'marcos', at: { category: 'sala-oro' } },
      { name: 'forum-category-empty', who: 'lucia', at: { category: 'ayuda' } },
      { name: 'forum-category-unknown', who: 'lucia', at: { category: 'no-hay' } },
    ],
    '/[program]/forum/new': [
      {
        name: 'forum-new',
        who: 'lucia',
        prepare: async (page) => {
          await page.getByRole('textbox').last().fill(MARKDOWN);
          await page.getByRole('tab').last().click();
          await page.locator('table').first().waitFor();
        },
      },
    ],
    '/[program]/forum/t/[thread]/[[slug]]': [
      { name: 'forum-thread', who: 'lucia' },
      {
        name: 'forum-thread-card',
        who: 'lucia',
        at: { thread: ':moderated' },
        prepare: async (page) => {
          // Where it opens it scrolls, away from the pointer.
          await page.waitForLoadState('networkidle');
          await page.locator('#p3').getByRole('link', { name: 'Lucía' }).hover();
          await page.locator('[data-card] dl, [data-card] ul').first().waitFor();
        },
      },
      { name: 'forum-thread-moderated', who: 'lucia', at: { thread: ':moderated' }, tail: '#p3' },
      { name: 'forum-thread-tools', who: 'lucia', at: { thread: ':moderated' }, prepare: opening(/Moderar|Moderate/) },
      { name: 'forum-thread-closed', who: 'marcos', at: { thread: ':closed' } },
      { name: 'forum-thread-unknown', who: 'lucia', at: { thread: NOTHING } },
    ],
    '/[program]/forum/p/[post]': [{ name: 'forum-post', who: 'lucia' }],
    '/console/[program]/forum': [{ name: 'console-forum', who: 'owner' }],
    '/console/[program]/forum/new': [{ name: 'console-forum-new', who: 'owner' }],
    '/console/[program]/forum/pairs': [{ name: 'console-forum-pairs', who: 'owner' }],
    '/console/[program]/forum/[category]': [
      { name: 'console-forum-category', who: 'owner', at: { category: ':section' } },
      { name: 'console-forum-club', who: 'owner', at: { category: ':club' } },
    ],
  },
};

const MARKDOWN =
  'Hago la lista de la **cena de barrio**, ||hay sorpresa al final||:\n\n| Quién | Trae |\n|-|-|\n| Lucía | tortilla |\n| Dani | vino |\n\n' +
  '- mesas, a las `20:30`\n- luces, a las `21:00`\n\n::: spoiler El menú\nGazpacho y melón.\n:::';

/** What the demo's forum lacks for its pictures: a section that Lucía moderates, with things taken away and changed in it. */
async function aDemoForum({ server, slug, lucia }: DemoPlace) {
  const params = { program: slug };
  const threadIn = async (category: string, title: string): Promise<ThreadRow> => {
    const { items } = await call(lucia, listThreads, { params: { ...params, category } });
    const found = items.find((thread) => thread.title.startsWith(title));
    if (found === undefined) throw new Error(`The demo has no thread "${title}".`);
    return found;
  };
  const thread = await threadIn('comer', 'Sitios para celíacos');
  const closed = await threadIn('la-plaza', 'Paraguas verde');
  const quoted = await threadIn('comer', 'El mejor café');
  const { posts } = await call(lucia, getThread, { params: { ...params, thread: quoted.id } });

  const { items: sections } = await call(server.local, listCategories, { params });
  const dani = await aSpeaker(server, slug, 'Dani P.');
  const { badges } = await call(lucia, getStanding, { params: { ...params, member: 'me' } });
  await call(lucia, changeProfile, {
    params: { ...params, member: 'me' },
    body: {
      shows: { name: true, tier: true, badges: true, points: true, joined: true },
      chosenBadges: badges.slice(0, 3).map(({ id }) => id),
    },
  });
  const everybody = {
    see: null,
    read: null,
    create: null,
    reply: null,
    react: null,
    moderate: { tier: { atLeast: 'socio' } },
  };
  const ideas = await call(server.local, createCategory, {
    params,
    body: { slug: 'ideas', name: { es: 'Ideas', en: 'Ideas' }, icon: 'idea', color: 'green', rights: everybody },
  });
  await aPair(server, slug, ideas.id);
  const draft = { key: aKey('hilo'), category: ideas.id, title: 'Un mercadillo de segunda mano', body: 'En el patio.' };
  const moderated = await call(dani, createThread, { params, body: draft });
  const inThread = { params: { ...params, thread: moderated.id } };
  const advert = await call(dani, createPost, {
    ...inThread,
    body: { key: aKey('mensaje'), body: 'Compro móviles viejos, mejor precio en mi tienda.' },
  });
  await call(lucia, createPost, {
    ...inThread,
    body: { key: aKey('mensaje'), body: 'Me gusta. ¿Los domingos por la mañana?' },
  });
  await call(lucia, deletePost, { params: { ...params, post: advert.id }, body: { reason: 'Es publicidad' } });
  await call(lucia, changePost, {
    params: { ...params, post: moderated.id },
    body: { body: 'Una vez al mes, en el patio central.', version: 1, reason: 'Para que se entienda' },
  });
  await call(lucia, changeThread, {
    ...inThread,
    body: { pin: { in: 'category', until: null }, slowModeSeconds: 60 },
  });
  return {
    section: ideas.id,
    club: sections.find(({ slug: one }) => one === 'sala-oro')?.id ?? '',
    thread: thread.id,
    moderated: moderated.id,
    closed: closed.id,
    post: posts[3]?.id ?? '',
    'forum/category': 'la-plaza',
    ':thread/slug': thread.slug,
    ':moderated/slug': moderated.slug,
    ':closed/slug': closed.slug,
    [`${NOTHING}/slug`]: 'no-hay',
  };
}

/** Two who like all that the other one writes, and a third one whom nobody likes back. */
async function aPair(server: DemoPlace['server'], slug: string, category: string): Promise<void> {
  const params = { program: slug };
  const [gus, pia, leo] = [
    await aSpeaker(server, slug, 'Gus R.'),
    await aSpeaker(server, slug, 'Pía T.'),
    await aSpeaker(server, slug, 'Leo V.'),
  ];
  const draft = { key: aKey('hilo'), category, title: 'Fotos de balcones', body: 'Empiezo yo.' };
  const thread = await call(leo, createThread, { params, body: draft });
  const like = (who: Caller, post: string) =>
    call(who, reactToPost, { params: { ...params, post }, body: { reaction: 'like' } });
  for (let round = 1; round <= PAIR_GIVES_MIN; round += 1)
    for (const [who, other] of [
      [gus, pia],
      [pia, gus],
    ] as const) {
      const posted = { key: aKey('mensaje'), body: `Mi balcón número ${round}.` };
      const { id } = await call(who, createPost, { params: { ...params, thread: thread.id }, body: posted });
      await like(other, id);
      if (round === 1) await like(leo, id);
    }
}

/** Somebody else of the demo, to talk with. */
async function aSpeaker({ local, url }: DemoPlace['server'], slug: string, alias: string): Promise<Caller> {
  const { email, password, name, externalId } = aMember();
  await call(local, createLogin, {
    params: { program: slug },
    body: { email, password, name, role: 'member', member: `ext:${externalId}` },
  });
  const { accessToken: bearer } = await call({ url }, login, { body: { email, password } });
  const caller = { url, bearer };
  await call(caller, changeProfile, { params: { program: slug, member: 'me' }, body: { alias } });
  return caller;
}

/** One that everybody reads and some write in, one for gold as a teaser with a hidden one inside of it, and one in the archive. */
async function moreSections({
  server,
  slug,
}: Pick<DemoPlace, 'server' | 'slug'>): Promise<{ section: string; club: string }> {
  const params = { program: slug };
  const make = (body: CategoryDraft) => call(server.local, createCategory, { params, body });
  const moderators = { role: { atLeast: 'moderator' } } as const;
  const oro = { any: [{ tier: { atLeast: 'oro' } }, moderators] };
  const open = { see: null, read: null, create: null, reply: null, react: null, moderate: moderators };
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
