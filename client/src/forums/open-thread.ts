import { type QueryClient, queryOptions } from '@tanstack/svelte-query';
import { getThread, type Post, type Thread } from '@verbena/shared/forums/threads.routes.js';
import { call } from '#lib/api/call.js';
import { forumKeys, refreshLists } from './forum-queries.js';
import type { ThreadWindow } from './thread-window.js';

/** So many posts stand on the screen at once. */
const SHOWN_MAX = 120;
/** So many come after another one at a time. */
const PAGE = 20;
/** Whoever comes back within this span finds what was on the screen, where it was. */
const KEPT_MS = 30 * 60_000;

type Asked = { readonly before?: string; readonly after?: string; readonly near?: string; readonly at?: 'unread' };

/** Moves the window over a thread, and puts into it what was changed from here. */
export class OpenThread {
  /** What was read, with what was pushed meanwhile; whoever hears of that sets it. */
  settle = (read: ThreadWindow): ThreadWindow => read;

  constructor(
    private readonly queries: QueryClient,
    readonly program: string,
    readonly id: string,
  ) {}

  /**
   * The posts on the screen; what is there already is read again as far as it goes.
   * @param near the number of the first one meant; without it the first ones are read, or those where its reader stopped
   */
  query(near: number | undefined) {
    return queryOptions({
      queryKey: forumKeys.thread(this.program, this.id),
      queryFn: async ({ signal }): Promise<ThreadWindow> => {
        const known = this.window;
        const [first, last] = [known?.posts[0]?.number, known?.posts.at(-1)?.number];
        if (first === undefined || last === undefined)
          return this.settle(await this.#read(near === undefined ? { at: 'unread' } : { near: String(near) }, signal));
        let page = await this.#read({ after: String(first - 1) }, signal);
        const { changes } = page.thread;
        const posts = [...page.posts];
        for (
          let at = posts.at(-1)?.number;
          at !== undefined && at < last && page.posts.length > 0;
          at = posts.at(-1)?.number
        ) {
          page = await this.#read({ after: String(at) }, signal);
          posts.push(...page.posts);
        }
        return this.settle({ thread: { ...page.thread, changes }, posts });
      },
      staleTime: 0,
      refetchOnWindowFocus: true,
      gcTime: KEPT_MS,
    });
  }

  show(window: ThreadWindow): void {
    this.queries.setQueryData(forumKeys.thread(this.program, this.id), window);
  }

  async earlier(): Promise<void> {
    const first = this.window?.posts[0]?.number ?? 1;
    const { thread, posts } = await this.#read({ before: String(first) });
    await this.#keepBeside(thread, (shown) => [...posts, ...shown].slice(0, SHOWN_MAX));
  }

  async later(): Promise<void> {
    const last = this.window?.posts.at(-1)?.number ?? 0;
    const { thread, posts } = await this.#read({ after: String(last) });
    await this.#keepBeside(thread, (shown) => {
      const isNew = ({ number }: Post) => number > (shown.at(-1)?.number ?? 0);
      return [...shown, ...posts.filter(isNew)].slice(-SHOWN_MAX);
    });
  }

  /** Brings a post onto the screen: by reading on where it comes next, else with those around it. */
  async reach(number: number): Promise<void> {
    const shown = this.window?.posts ?? [];
    const [first, last] = [shown[0]?.number ?? 0, shown.at(-1)?.number ?? 0];
    if (number >= first && number <= last) return;
    if (number > last && number - last <= PAGE) return this.later();
    await this.#keep(await this.#read({ near: String(number) }));
  }

  /** A post after a change; the thread is read again, because it counts its posts. */
  async replace(post: Post): Promise<void> {
    const window = this.window;
    if (window) await this.#keep({ ...window, posts: window.posts.map((one) => (one.id === post.id ? post : one)) });
    this.refresh();
  }

  async keep(thread: Thread): Promise<void> {
    const window = this.window;
    if (window) await this.#keep({ ...window, thread });
    this.refresh();
  }

  /** How far its reader has read. */
  hasRead(number: number): void {
    this.queries.setQueryData<ThreadWindow>(
      forumKeys.thread(this.program, this.id),
      (window) =>
        window && { ...window, thread: { ...window.thread, lastRead: Math.max(window.thread.lastRead, number) } },
    );
  }

  refreshLists(): void {
    void refreshLists(this.queries, this.program);
  }

  refresh(): void {
    void this.queries.invalidateQueries({ queryKey: forumKeys.thread(this.program, this.id) });
  }

  /** What is on the screen. */
  get window(): ThreadWindow | undefined {
    return this.queries.getQueryData(forumKeys.thread(this.program, this.id));
  }

  /** What was on its way is of the window as it was, and would come over this one. */
  async #keep(window: ThreadWindow): Promise<void> {
    const queryKey = forumKeys.thread(this.program, this.id);
    await this.queries.cancelQueries({ queryKey });
    this.queries.setQueryData(queryKey, this.settle(window));
  }

  /** A page was read beside what is shown, which is as old as it was: what is pushed of it is still to come. */
  async #keepBeside(thread: Thread, posts: (shown: readonly Post[]) => readonly Post[]): Promise<void> {
    const shown = this.window;
    const changes = Math.min(thread.changes, shown?.thread.changes ?? thread.changes);
    await this.#keep({ thread: { ...thread, changes }, posts: posts(shown?.posts ?? []) });
  }

  #read(query: Asked, signal?: AbortSignal) {
    const asked = { params: { program: this.program, thread: this.id }, query };
    return call(getThread, signal === undefined ? asked : { ...asked, signal });
  }
}
