import { Injectable } from '@nestjs/common';
import type { NoticeReason } from '@verbena/shared/notices/notice.js';
import { MembersService } from '#members/members.service.js';
import {
  type Announced,
  type NoticeRecipient,
  type NoticeSource,
  type NoticeView,
  TellsNotices,
} from '#notices/notice-source.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { POST_NOTICE } from './announce-post.js';
import { Authors } from './authors.service.js';
import { ForumMarksRepository, markId } from './forum-marks.repository.js';
import type { PostDocument, ThreadDocument } from './forums.schema.js';
import { isSilent } from './is-silent.js';
import { People } from './people.service.js';
import { PostRenderer } from './post-renderer.service.js';
import { PostsRepository } from './posts.repository.js';
import { ThreadsRepository } from './threads.repository.js';
import { ThreadsService } from './threads.service.js';

/** Whose rights are looked up at once. */
const READERS_AT_ONCE = 20;

/** Whom a post concerns, and what each of them may read of it. */
@Injectable()
@TellsNotices()
export class ForumNotices implements NoticeSource {
  readonly kind = POST_NOTICE;

  constructor(
    private readonly posts: PostsRepository,
    private readonly threads: ThreadsRepository,
    private readonly access: ThreadsService,
    private readonly people: People,
    private readonly marks: ForumMarksRepository,
    private readonly renderer: PostRenderer,
    private readonly members: MembersService,
    private readonly authors: Authors,
  ) {}

  async recipientsOf(scope: Scope, { subject, isChange }: Announced): Promise<readonly NoticeRecipient[]> {
    const post = await this.posts.find(scope, subject);
    const thread = post === null ? null : await this.threads.find(scope, post.thread);
    if (post === null || thread === null || !isThere(post, thread)) return [];
    const reasons = await this.concerned(scope, post, thread, isChange);
    const told = await this.withoutMuted(scope, thread, [...reasons.keys()]);
    const readers = await this.whoMayRead(scope, thread, await this.members.present(scope, told));
    return readers.flatMap((member) => {
      const reason = reasons.get(member);
      if (reason === undefined) return [];
      return [{ member, reason, group: `${reason}|${reason === 'opened' ? thread.category : thread._id}` }];
    });
  }

  async viewsOf(scope: Scope, member: string, subjects: readonly string[]): Promise<readonly (NoticeView | null)[]> {
    const [reader] = await this.people.readersOf(scope, [member]);
    if (reader === undefined) return subjects.map(() => null);
    const posts = new Map((await this.posts.listByIds(scope, [...new Set(subjects)])).map((post) => [post._id, post]));
    const ids = new Set([...posts.values()].map((post) => post.thread));
    const readable = new Map<string, ThreadDocument>();
    for (const thread of await this.threads.listByIds(scope, [...ids]))
      if ((await this.access.openOf(reader, thread)) !== null) readable.set(thread._id, thread);
    const signatures = await this.authors.signaturesFor(
      reader,
      [...posts.values()].map(({ author }) => author),
    );
    return subjects.map((subject) => {
      const post = posts.get(subject);
      const thread = readable.get(post?.thread ?? '');
      if (post === undefined || thread === undefined || !isThere(post, thread)) return null;
      const { author, _id } = post;
      const { alias } = signatures.of(author);
      return { author: signatures.memberOf(author), alias, title: thread.title, path: `forum/p/${_id}` };
    });
  }

  /** Each member whom a post concerns with the strongest reason, but its author: those who are there today, whoever was joined to them. */
  private async concerned(
    scope: Scope,
    post: PostDocument,
    thread: ThreadDocument,
    isChange: boolean,
  ): Promise<Map<string, NoticeReason>> {
    const { mentioned, quoted } = await this.renderer.named(scope, post.body);
    const found: [NoticeReason, readonly string[]][] = [['mention', mentioned]];
    if (!isChange) {
      if (post.replyTo !== null) found.push(['answer', [post.replyTo.author]]);
      found.push(['quote', quoted]);
      if (post.number === 1) found.push(['opened', await this.marks.listWatching(scope, thread.category)]);
      else found.push(['watched', await this.watching(scope, thread)]);
    }
    const all = [post.author, ...found.flatMap(([, members]) => members)];
    const survivors = await this.members.survivorsOf(scope, [...new Set(all)]);
    const concerned = new Map<string, NoticeReason>();
    for (const [reason, members] of found)
      for (const one of members) {
        const member = survivors.get(one);
        if (member !== undefined && !concerned.has(member)) concerned.set(member, reason);
      }
    concerned.delete(survivors.get(post.author) ?? post.author);
    return concerned;
  }

  private async watching(scope: Scope, { _id, author }: ThreadDocument): Promise<string[]> {
    const [watching, chosen] = await Promise.all([
      this.marks.listWatching(scope, _id),
      this.marks.chosen(scope, [author], [_id]),
    ]);
    // Whoever opened it watches it until it chooses.
    return chosen.size === 0 ? [author, ...watching] : watching;
  }

  private async withoutMuted(scope: Scope, thread: ThreadDocument, members: readonly string[]): Promise<string[]> {
    const chosen = await this.marks.chosen(scope, members, [thread._id, thread.category]);
    return members.filter((member) => {
      const here = chosen.get(markId(member, thread._id)) ?? (member === thread.author ? 'watch' : 'normal');
      return !isSilent(here, chosen.get(markId(member, thread.category)) ?? 'normal');
    });
  }

  private async whoMayRead(scope: Scope, thread: ThreadDocument, members: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (let from = 0; from < members.length; from += READERS_AT_ONCE) {
      const readers = await this.people.readersOf(scope, members.slice(from, from + READERS_AT_ONCE));
      for (const reader of readers)
        if (reader.member !== null && (await this.access.openOf(reader, thread)) !== null) found.push(reader.member);
    }
    return found;
  }
}

/** What was taken away tells nobody anything, not even those who still find it. */
function isThere({ deletion }: PostDocument, { isDeleted }: ThreadDocument): boolean {
  return deletion === null && !isDeleted;
}
