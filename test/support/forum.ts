import { createCategory } from '@verbena/shared/forums/categories.routes.js';
import type { Category, CategoryDraft } from '@verbena/shared/forums/category.js';
import {
  createPost,
  createThread,
  getThread,
  type Post,
  type PostDraft,
  type Thread,
  type ThreadDraft,
} from '@verbena/shared/forums/threads.routes.js';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import { aKey, aPurchase } from './factories.js';
import { call, type Caller } from './http-call.js';
import type { Person, Story } from './story.js';

/** The rights of a category that only this tier, and those above it, find. */
export function hiddenBelow(tier: string): NonNullable<CategoryDraft['rights']> {
  const audience = { tier: { atLeast: tier } };
  return {
    see: audience,
    read: audience,
    create: null,
    reply: null,
    react: null,
    moderate: { role: { atLeast: 'moderator' } },
  };
}

/** Somebody with an alias, and with so many points as a purchase of that many euros brings. */
export async function someoneCalled(story: Story, alias: string, euros = 0): Promise<Person> {
  const person = await story.person();
  await call(person.caller, changeProfile, { params: { program: story.slug, member: 'me' }, body: { alias } });
  if (euros > 0) await story.record(aPurchase({ externalId: person.externalId, totalMinor: euros * 100 }));
  return person;
}

/** The forum of a story, as people use it over HTTP. */
export class Forum {
  constructor(readonly story: Story) {}

  get params() {
    return { program: this.story.slug };
  }

  category(slug: string, given: Partial<CategoryDraft> = {}): Promise<Category> {
    return call(this.story.server.local, createCategory, {
      params: this.params,
      body: { slug, name: { es: slug }, ...given },
    });
  }

  open({ caller }: { caller: Caller }, category: Category, given: Partial<ThreadDraft> = {}): Promise<Thread> {
    const draft = { key: aKey('hilo'), category: category.id, title: 'Un hilo', body: 'Hola a todos', ...given };
    return call(caller, createThread, { params: this.params, body: draft });
  }

  reply({ caller }: { caller: Caller }, thread: Pick<Thread, 'id'>, given: Partial<PostDraft> = {}): Promise<Post> {
    const draft = { key: aKey('mensaje'), body: 'Yo también', ...given };
    return call(caller, createPost, { params: { ...this.params, thread: thread.id }, body: draft });
  }

  read(
    { caller }: { caller: Caller },
    thread: Pick<Thread, 'id'>,
    query: { before?: string; after?: string; near?: string; at?: 'unread' } = {},
  ): Promise<{ thread: Thread; posts: Post[] }> {
    return call(caller, getThread, { params: { ...this.params, thread: thread.id }, query });
  }
}
