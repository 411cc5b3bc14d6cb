import { type QueryClient, queryOptions } from '@tanstack/svelte-query';
import { getThread, type Post, type Thread } from '@verbena/shared/forums/threads.routes.js';
import { call } from '#lib/api/call.js';
import { forumKeys } from './forum-queries.js';

/** A thread and the posts of it that are on the screen: without gaps, in their order. */
export interface ThreadWindow {
  readonly thread: Thread;
  readonly posts: readonly Post[];
}

/** So many posts stand on the screen at once. */
const SHOWN_MAX = 120;
/** So many come after another one at a time. */
const PAGE = 20;
/** Whoever comes back within this span finds what was on the screen, where it was. */
const KEPT_MS = 30 * 60_000;

type Asked = { readonly before?: string; readonly after?: string; readonly near?: string };

/** The posts of a thread on the screen; what is there already is read again as far as it goes. @param near the number of the first one meant */
export const threadQuery = (program: string, thread: string, near: number | undefined) =>
  queryOptions({
    queryKey: forumKeys.thread(program, thread),
    queryFn: async ({ client, signal }): Promise<ThreadWindow> => {
      const read = (query: Asked) => call(getThread, { params: { program, thread }, query, signal });
      const known = client.getQueryData<ThreadWindow>(forumKeys.thread(program, thread));
      const [first, last] = [known?.posts[0]?.number, known?.posts.at(-1)?.number];
      if (first === undefined || last === undefined) return read(near === undefined ? {} : { near: String(near) });
      let page = await read({ after: String(first - 1) });
      const posts = [...page.posts];
      for (
        let at = posts.at(-1)?.number;
        at !== undefined && at < last && page.posts.length > 0;
        at = posts.at(-1)?.number
      ) {
        page = await read({ after: String(at) });
        posts.push(...page.posts);
      }
      return { thread: page.thread, posts };
    },
    staleTime: 0,
    gcTime: KEPT_MS,
  });

/** Moves the window over a thread, and puts into it what was changed from here. */
export class OpenThread {
  constructor(
    private readonly queries: QueryClient,
    readonly program: string,
    readonly id: string,
  ) {}

  async earlier(): Promise<void> {
    const first = this.#window?.posts[0]?.number ?? 1;
    const { thread, posts } = await this.#read({ before: String(first) });
    await this.#keep({ thread, posts: [...posts, ...(this.#window?.posts ?? [])].slice(0, SHOWN_MAX) });
  }

  async later(): Promise<void> {
    const last = this.#window?.posts.at(-1)?.number ?? 0;
    const { thread, posts } = await this.#read({ after: String(last) });
    await this.#keep({ thread, posts: [...(this.#window?.posts ?? []), ...posts].slice(-SHOWN_MAX) });
  }

  /** Brings a post onto the screen: by reading on where it comes next, else with those around it. */
  async reach(number: number): Promise<void> {
    const shown = this.#window?.posts ?? [];
    const [first, last] = [shown[0]?.number ?? 0, shown.at(-1)?.number ?? 0];
    if (number >= first && number <= last) return;
    if (number > last && number - last <= PAGE) return this.later();
    await this.#keep(await this.#read({ near: String(number) }));
  }

  /** A post after a change; the thread is read again, because it counts its posts. */
  async replace(post: Post): Promise<void> {
    const window = this.#window;
    if (window) await this.#keep({ ...window, posts: window.posts.map((one) => (one.id === post.id ? post : one)) });
    this.refresh();
  }

  async keep(thread: Thread): Promise<void> {
    const window = this.#window;
    if (window) await this.#keep({ ...window, thread });
    this.refresh();
  }

  refresh(): void {
    void this.queries.invalidateQueries({ queryKey: forumKeys.thread(this.program, this.id) });
  }

  get #window(): ThreadWindow | undefined {
    return this.queries.getQueryData(forumKeys.thread(this.program, this.id));
  }

  /** What was on its way is of the window as it was, and would come over this one. */
  async #keep(window: ThreadWindow): Promise<void> {
    const queryKey = forumKeys.thread(this.program, this.id);
    await this.queries.cancelQueries({ queryKey });
    this.queries.setQueryData(queryKey, window);
  }

  #read(query: Asked) {
    return call(getThread, { params: { program: this.program, thread: this.id }, query });
  }
}
