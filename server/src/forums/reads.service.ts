import { Injectable } from '@nestjs/common';
import { UNREAD_MAX } from '@verbena/shared/forums/threads.routes.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { walkDown, walkUp } from '#platform/mongo/windows.js';
import { Authors } from './authors.service.js';
import { ForumAccess, type ForumReader } from './forum-access.service.js';
import { ForumMarksRepository } from './forum-marks.repository.js';
import type { MarkDocument, ThreadDocument } from './forums.schema.js';
import { isSilent } from './is-silent.js';
import { memberOf } from './post-writer.service.js';
import { type PostHead, PostsRepository } from './posts.repository.js';
import type { Signatures } from './signatures.js';

/** So long a thread is new to those who never opened it. */
const NEW_MS = 14 * 86_400_000;

/** A thread with the number behind which somebody has not read it. */
interface Begun {
  readonly thread: ThreadDocument;
  readonly lastRead: number;
}

/** A member's marks, by thread or category. */
export type Marks = ReadonlyMap<string, MarkDocument>;

/** What each member has read of the forum. Whether one may read something at all is decided before. */
@Injectable()
export class ReadsService {
  constructor(
    private readonly access: ForumAccess,
    private readonly marks: ForumMarksRepository,
    private readonly posts: PostsRepository,
    private readonly authors: Authors,
    private readonly members: MembersService,
    private readonly clock: Clock,
  ) {}

  /** What somebody's marks on a thread and its category are; none of who is no member. */
  async marksOn({ scope, member }: ForumReader, thread: ThreadDocument): Promise<Marks> {
    return member === null ? new Map() : this.marks.find(scope, member, [thread._id, thread.category]);
  }

  /** How many posts of each of these threads somebody has not read, up to `UNREAD_MAX`; those without any are missing. */
  async unreadIn(reader: ForumReader, threads: readonly ThreadDocument[]): Promise<ReadonlyMap<string, number>> {
    const begun = await this.begunOf(reader, threads);
    return new Map(
      await Promise.all(begun.map(async (one) => [one.thread._id, await this.count(reader, one)] as const)),
    );
  }

  /** For each group of threads whether somebody has not read something in it. */
  async anyUnread(reader: ForumReader, groups: readonly (readonly ThreadDocument[])[]): Promise<boolean[]> {
    const begun = new Map((await this.begunOf(reader, groups.flat())).map((one) => [one.thread._id, one]));
    return Promise.all(
      groups.map(async (threads) => {
        for (const { _id } of threads) {
          const one = begun.get(_id);
          if (one !== undefined && (await this.count(reader, one)) > 0) return true;
        }
        return false;
      }),
    );
  }

  /** Says that a thread was read up to a post; how far it is then. Refuses `forum.notMember` and a number that no post has. */
  async markThread(reader: ForumReader, thread: ThreadDocument, number: number): Promise<number> {
    const member = memberOf(reader.member);
    if (number > thread.posts) throw new Refusal('input.invalid', {}, [{ path: ['number'], code: 'invalid' }]);
    // Before what stands is read: a category that is marked meanwhile is the later one.
    const atMs = this.clock.now();
    const lastRead = await this.lastReadOf(thread, await this.marksOn(reader, thread));
    return this.marks.advance(reader.scope, {
      ...{ member, of: thread._id, atMs },
      number: Math.max(number, lastRead),
    });
  }

  /**
   * Says that everything in a category and in those below it was read; from when on something is new again. Refuses
   * `forumCategory.notFound`, `forum.notAllowed` and `forum.notMember`.
   */
  async markCategory(reader: ForumReader, slug: string): Promise<number> {
    const { category, rights } = await this.access.require(reader, slug, 'see', 'forumCategory.notFound');
    if (!rights.has('read')) throw new Refusal('forum.notAllowed');
    const member = memberOf(reader.member);
    const atMs = this.clock.now();
    const below = (await this.access.seenBy(reader)).filter((open) => open.category.parent === category._id);
    for (const of of [category._id, ...below.map((open) => open.category._id)])
      await this.marks.advance(reader.scope, { member, of, number: 0, atMs });
    return atMs;
  }

  /** Those of some threads in which there can be something to read for somebody. */
  private async begunOf({ scope, member }: ForumReader, threads: readonly ThreadDocument[]): Promise<Begun[]> {
    if (member === null) return [];
    const asked = threads.flatMap(({ _id, category }) => [_id, category]);
    const reads = await this.marks.find(scope, member, asked);
    const isOpened = ({ _id }: ThreadDocument) => reads.get(_id)?.number !== undefined;
    const neverOpened = threads.filter((thread) => !isOpened(thread));
    const newFromMs = neverOpened.length === 0 ? 0 : await this.newFrom({ scope, member });
    const isMuted = ({ _id, category }: ThreadDocument) =>
      isSilent(reads.get(_id)?.level ?? 'normal', reads.get(category)?.level ?? 'normal');
    const isNews = (thread: ThreadDocument) => !isMuted(thread) && (isOpened(thread) || thread.openedAtMs >= newFromMs);
    const begun = await Promise.all(
      threads.filter(isNews).map(async (thread) => ({ thread, lastRead: await this.lastReadOf(thread, reads) })),
    );
    return begun.filter(({ thread, lastRead }) => numberOfLast(thread) > lastRead);
  }

  /** From when on threads are new to a member who never opened them: not what was there before it came. */
  private async newFrom({ scope, member }: { scope: ForumReader['scope']; member: string }): Promise<number> {
    const { joinedAt } = await this.members.find(scope, member);
    return Math.max(joinedAt.getTime(), this.clock.now() - NEW_MS);
  }

  /** The number of the last post of a thread that was read; 0 where it was never opened. */
  async lastReadOf(thread: ThreadDocument, reads: Marks): Promise<number> {
    const [own, all] = [reads.get(thread._id), reads.get(thread.category)];
    // What was said of the thread later knows already what was said of its category.
    const untilMs = all?.atMs;
    if (untilMs === undefined || untilMs <= (own?.atMs ?? -1)) return own?.number ?? 0;
    if (thread.last.atMs <= untilMs) return thread.posts;
    const [last] = await walkDown(thread.posts, 1, async (window) =>
      (await this.posts.listHeads(thread, window)).filter(({ createdAt }) => createdAt.getTime() <= untilMs).reverse(),
    );
    return Math.max(own?.number ?? 0, last?.number ?? 0);
  }

  private async count(reader: ForumReader, { thread, lastRead }: Begun): Promise<number> {
    const found = await walkUp(lastRead + 1, numberOfLast(thread), UNREAD_MAX, async (window) => {
      const posts = await this.posts.listHeads(thread, window);
      const signatures = await this.authors.signaturesFor(
        reader,
        posts.map(({ author }) => author),
      );
      return posts.filter((post) => isForReader(post, signatures));
    });
    return found.length;
  }
}

/** Whether there is something for somebody to read in a post: it is there, and not its own. */
function isForReader({ author, deletion }: PostHead, signatures: Signatures): boolean {
  return deletion === null && !signatures.isReader(author);
}

/** The number of the last post of a thread that is there. */
function numberOfLast({ last, posts }: ThreadDocument): number {
  return last.number ?? posts;
}
