import { setTimeout as sleep } from 'node:timers/promises';
import { createPost, type Post, type Thread } from '@verbena/shared/forums/threads.routes.js';
import { aKey } from './factories.js';
import { Forum, someoneCalled } from './forum.js';
import { ask, succeeded } from './http-call.js';
import type { Person, Story } from './story.js';

const WRITERS = 4;
const RETRY_MS = 100;

/**
 * Members who never give up: each answers in one of two threads, always with the same words, and whatever happens sends the same key
 * again until it is acknowledged.
 */
export class ForumWriters {
  /** What was promised, by key. */
  readonly acknowledged = new Map<string, Post>();
  private isRunning = true;
  private readonly writers: readonly Promise<void>[];

  private constructor(
    private readonly forum: Forum,
    private readonly people: readonly [Person, Person],
    private readonly threads: readonly [Thread, Thread],
  ) {
    this.writers = Array.from({ length: WRITERS }, async (_, at) => {
      while (this.isRunning) await this.write(at % 2 === 0 ? people[0] : people[1], at < 2 ? threads[0] : threads[1]);
    });
  }

  static async begin(story: Story): Promise<ForumWriters> {
    const forum = new Forum(story);
    const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
    const category = await forum.category('charla');
    return new ForumWriters(forum, [ana, beto], [await forum.open(ana, category), await forum.open(beto, category)]);
  }

  /** No new posts; resolves when the last one that was begun is acknowledged. */
  async finish(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.writers);
  }

  /** What is not as it was promised: posts that are lost or there twice, numbers with a gap, threads that count wrongly. */
  async breaches(): Promise<string[]> {
    const found: Post[] = [];
    const breaches: string[] = [];
    for (const thread of this.threads) {
      const posts: Post[] = [];
      for (let isMore = true; isMore;) {
        const page = await this.forum.read(this.people[0], thread, { after: String(posts.length) });
        posts.push(...page.posts);
        isMore = page.posts.length > 0;
        const { posts: highest, replies, changes } = page.thread;
        if (!isMore && (highest !== posts.length || replies !== posts.length - 1 || changes !== posts.length))
          breaches.push(
            `${posts.length} posts, and the thread says ${highest}, ${replies} answers, ${changes} changes`,
          );
      }
      if (posts.some(({ number }, at) => number !== at + 1))
        breaches.push(`a gap: ${posts.map(({ number }) => number).join(' ')}`);
      found.push(...posts.slice(1));
    }
    const promised = new Set([...this.acknowledged.values()].map(({ id }) => id));
    const lost = [...promised].filter((id) => !found.some((post) => post.id === id));
    if (lost.length > 0) breaches.push(`${lost.length} lost`);
    if (promised.size !== this.acknowledged.size) breaches.push('two keys are one post');
    if (found.length !== promised.size) breaches.push(`${found.length - promised.size} that nobody was promised`);
    return breaches;
  }

  private async write({ caller }: Person, { id }: Thread): Promise<void> {
    const body = { key: aKey('mensaje'), body: 'Gracias' };
    const params = { ...this.forum.params, thread: id };
    for (;;) {
      const answer = await ask(caller, createPost, { params, body }).catch(() => null);
      if (answer !== null && answer.status < 429) {
        this.acknowledged.set(body.key, succeeded(createPost, answer));
        return;
      }
      await sleep(RETRY_MS);
    }
  }
}
