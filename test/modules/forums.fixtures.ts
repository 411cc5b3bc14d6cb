import { createCategory } from '@verbena/shared/forums/categories.routes.js';
import type { CategoryDraft } from '@verbena/shared/forums/category.js';
import {
  changePost,
  changeThread,
  createPost,
  createThread,
  deletePost,
  type Post,
  type Thread,
} from '@verbena/shared/forums/threads.routes.js';
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
    const oro = { slug: 'solo-oro', name: { es: 'Solo Oro' }, rights: { ...hiddenBelow('oro'), see: null } };
    await call(server.local, createCategory, { params, body: oro });
    return {
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
  },
  makeInDemo: aDemoForum,
  screens: {
    '/[program]/forum': [{ name: 'forum', who: 'lucia' }],
    '/[program]/forum/[category]': [
      { name: 'forum-category', who: 'lucia' },
      { name: 'forum-category-teaser', who: 'marcos', at: { category: 'preestrenos' } },
      { name: 'forum-category-empty', who: 'lucia', at: { category: 'objetos-perdidos' } },
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
      { name: 'forum-thread-moderated', who: 'lucia', at: { thread: ':moderated' }, tail: '#p3' },
      { name: 'forum-thread-tools', who: 'lucia', at: { thread: ':moderated' }, prepare: opening(/Moderar|Moderate/) },
      { name: 'forum-thread-closed', who: 'marcos', at: { thread: ':closed' } },
      { name: 'forum-thread-unknown', who: 'lucia', at: { thread: NOTHING } },
    ],
    '/[program]/forum/p/[post]': [{ name: 'forum-post', who: 'lucia' }],
  },
};

const MARKDOWN =
  'Hago la lista de la **cena de barrio**, ||hay sorpresa al final||:\n\n| Quién | Trae |\n|-|-|\n| Lucía | tortilla |\n| Dani | vino |\n\n' +
  '- mesas, a las `20:30`\n- luces, a las `21:00`\n\n::: spoiler El menú\nGazpacho y melón.\n:::';

/** A square with several voices: sections open and closed to Lucía, a thread that was solved, one with things taken away, one closed. */
async function aDemoForum({ server, slug, lucia }: DemoPlace) {
  const params = { program: slug };
  const category = (draft: CategoryDraft) => call(server.local, createCategory, { params, body: draft });
  const open = (who: Caller, into: string, title: string, words: string): Promise<Thread> =>
    call(who, createThread, { params, body: { key: aKey('hilo'), category: into, title, body: words } });
  const reply = (who: Caller, { id }: Pick<Thread, 'id'>, words: string, to?: Post): Promise<Post> =>
    call(who, createPost, {
      params: { ...params, thread: id },
      body: { key: aKey('mensaje'), body: words, ...(to === undefined ? {} : { replyTo: to.id }) },
    });
  const nuria = await aSpeaker(server, slug, 'Nuria Ferrer');
  const dani = await aSpeaker(server, slug, 'Dani P.');
  const plaza = await category({
    slug: 'la-plaza',
    name: { es: 'La plaza', en: 'The square' },
    description: { es: 'De todo un poco: lo que pasa por aquí y lo que nos gustaría que pasara.', en: 'A bit of all.' },
    icon: 'coffee',
    color: 'amber',
  });
  const asks = await category({
    slug: 'preguntas',
    name: { es: 'Preguntas', en: 'Questions' },
    description: { es: 'Pregunta lo que quieras; alguien lo sabe.', en: 'Ask anything; somebody knows.' },
    icon: 'question',
    color: 'blue',
    parent: plaza.id,
  });
  // Lucía looks after this one, so that her pictures show what moderators see.
  const everybody = { see: null, read: null, create: null, reply: null, moderate: { tier: { atLeast: 'socio' } } };
  const ideas = await category({
    slug: 'ideas',
    name: { es: 'Ideas', en: 'Ideas' },
    description: { es: 'Propón, y entre todos se afina.', en: 'Propose and refine.' },
    icon: 'idea',
    color: 'green',
    rights: everybody,
  });
  await category({
    slug: 'preestrenos',
    name: { es: 'Preestrenos', en: 'Previews' },
    description: { es: 'Las películas, antes que nadie.', en: 'The films, before anybody else.' },
    icon: 'star',
    color: 'indigo',
    rights: { ...hiddenBelow('platino'), see: null },
  });
  await category({
    slug: 'objetos-perdidos',
    name: { es: 'Objetos perdidos', en: 'Lost and found' },
    icon: 'help',
    color: 'red',
  });

  const thread = await open(
    lucia,
    asks.id,
    '¿Cuándo abre la terraza de arriba?',
    'He visto que ya han puesto las **sombrillas** en la terraza de la segunda planta. ¿Alguien sabe cuándo la abren y si se puede reservar?',
  );
  const first = await reply(dani, thread, 'A mí me dijeron que el viernes, pero sin hora.');
  const answer = await reply(
    nuria,
    thread,
    'Trabajo al lado: **abre el viernes a las 19:00**. El horario de verano:\n\n| Día | Abre | Cierra |\n|-|-|-|\n| De lunes a jueves | 18:00 | 23:30 |\n| Viernes y sábado | 19:00 | 1:00 |\n\nPara reservar, `terraza@plaza.example`.',
  );
  await reply(
    lucia,
    thread,
    `> [@Nuria Ferrer](post:${answer.id})\n>\n> Trabajo al lado: **abre el viernes a las 19:00**.\n\n¡Gracias! Pues el viernes nos vemos. ||Invito yo a la primera.||`,
    answer,
  );
  await reply(dani, thread, 'Me apunto.', first);
  await call(lucia, changeThread, { params: { ...params, thread: thread.id }, body: { answer: answer.id } });

  const moderated = await open(nuria, ideas.id, 'Un mercadillo de segunda mano', 'Una vez al mes, en el patio.');
  const advert = await reply(dani, moderated, 'Compro móviles viejos, mejor precio en mi tienda.');
  await reply(lucia, moderated, 'Me gusta. ¿Los domingos por la mañana?');
  await call(lucia, deletePost, { params: { ...params, post: advert.id }, body: { reason: 'Es publicidad' } });
  await call(lucia, changePost, {
    params: { ...params, post: moderated.id },
    body: { body: 'Una vez al mes, en el patio central.', version: 1, reason: 'Para que se entienda' },
  }).catch(() => undefined);
  await call(lucia, changeThread, {
    params: { ...params, thread: moderated.id },
    body: { pin: { in: 'category', until: null }, slowModeSeconds: 60 },
  });

  const closed = await open(lucia, plaza.id, 'Fotos de la verbena de San Juan', 'Dejad aquí las vuestras.');
  await reply(dani, closed, 'Las mías, el lunes.');
  await call(server.local, changeThread, {
    params: { ...params, thread: closed.id },
    body: { isLocked: true, pin: { in: 'forum', until: null } },
  });
  await open(dani, plaza.id, '¿Alguien para correr los martes?', 'Salimos de la puerta norte a las 20:00.');
  return {
    thread: thread.id,
    moderated: moderated.id,
    closed: closed.id,
    post: answer.id,
    'forum/category': 'la-plaza',
    ':thread/slug': thread.slug,
    ':moderated/slug': moderated.slug,
    ':closed/slug': closed.slug,
    [`${NOTHING}/slug`]: 'no-hay',
  };
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
