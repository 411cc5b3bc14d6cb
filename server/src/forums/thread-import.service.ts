import { Injectable } from '@nestjs/common';
import type { ThreadImport } from '@verbena/shared/forums/import.routes.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { entryIdOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ForumAccess } from './forum-access.service.js';
import type { PostDocument, ReactionDocument, ThreadDocument } from './forums.schema.js';
import { PostRenderer } from './post-renderer.service.js';
import { PostsRepository } from './posts.repository.js';
import { reactionOf, ReactionsRepository } from './reactions.repository.js';
import { ThreadsRepository } from './threads.repository.js';
import { Told } from './told.service.js';

/** Takes over threads that were written elsewhere: another forum, or the demo's own. Nobody is told of them; by those that say so is earned. */
@Injectable()
export class ThreadImports {
  constructor(
    private readonly access: ForumAccess,
    private readonly threads: ThreadsRepository,
    private readonly posts: PostsRepository,
    private readonly reactions: ReactionsRepository,
    private readonly renderer: PostRenderer,
    private readonly members: MembersService,
    private readonly told: Told,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /** The id of the thread; the same key again changes nothing. Refuses `forumCategory.notFound`, `member.notFound` and what cannot be. */
  async take(scope: Scope, given: ThreadImport): Promise<string> {
    const category = (await this.access.categoriesOf(scope)).find(({ slug }) => slug === given.category);
    if (category === undefined) throw new Refusal('forumCategory.notFound');
    const problems = problemsOf(given, this.clock.now());
    if (problems.length > 0) throw new Refusal('input.invalid', {}, problems);
    const id = entryIdOf(scope.program, 'forum-import', given.key);
    const posts = await this.postsOf(scope, id, given);
    const reactions = await this.reactionsOf(scope, posts, given);
    const [first, last] = [posts[0], posts.at(-1)];
    if (first === undefined || last === undefined) throw new Error('A thread has a first post.');
    const answer = posts.find(({ number }) => number === given.answer);
    const thread: ThreadDocument = {
      _id: id,
      program: scope.program,
      category: category._id,
      author: first.author,
      title: given.title,
      openedAtMs: first.createdAt.getTime(),
      bumpedAtMs: last.createdAt.getTime(),
      posts: posts.length,
      replies: posts.length - 1,
      last: { author: last.author, atMs: last.createdAt.getTime() },
      pin: given.pin?.in ?? null,
      pinUntil: given.pin?.until == null ? null : new Date(given.pin.until),
      lockedAt: given.isLocked === true ? last.createdAt : null,
      closesAt: null,
      slowModeSeconds: 0,
      answer: answer === undefined ? null : { post: answer._id, number: answer.number },
      isDeleted: false,
      changes: posts.length,
    };
    try {
      await this.mongo.transact(async (session) => {
        await this.threads.insert(thread, session);
        await this.posts.insertAll(
          posts.map((post) => ({ ...post, reactions: countsOf(post, reactions) })),
          session,
        );
        await this.reactions.insertAll(reactions, session);
        if (given.earns === true) await this.tell(session, thread, posts, reactions);
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return id;
  }

  private async tell(
    session: Session,
    thread: ThreadDocument,
    posts: readonly PostDocument[],
    reactions: readonly ReactionDocument[],
  ): Promise<void> {
    for (const post of posts) {
      await this.told.wrote(session, thread, post);
      for (const one of reactions) if (one.post === post._id) await this.told.reacted(session, thread, post, one);
      if (post._id !== thread.answer?.post) continue;
      const at = new Date(thread.bumpedAtMs);
      await this.told.accepted(session, thread, { before: null, after: post, by: thread.author, at });
    }
  }

  private async postsOf(scope: Scope, thread: string, { key, posts }: ThreadImport): Promise<PostDocument[]> {
    const made: PostDocument[] = [];
    for (const [at, { author: ref, at: moment, body, replyTo }] of posts.entries()) {
      const author = await this.memberOf(scope, ref, ['posts', at, 'author']);
      const parent = replyTo === undefined ? undefined : made[replyTo - 1];
      const createdAt = new Date(moment);
      made.push({
        _id: at === 0 ? thread : entryIdOf(scope.program, 'forum-import', `${key}#${at + 1}`),
        program: scope.program,
        thread,
        number: at + 1,
        author,
        createdAt,
        digest: '',
        body,
        ...(await this.renderer.render(scope, body)),
        version: 1,
        writtenAt: createdAt,
        writtenBy: author,
        editedAt: null,
        replyTo: parent === undefined ? null : { post: parent._id, number: parent.number, author: parent.author },
        deletion: null,
        change: at + 1,
      });
    }
    return made;
  }

  /** Of two of one member to a post the first counts, and none to one's own. */
  private async reactionsOf(
    scope: Scope,
    posts: readonly PostDocument[],
    given: ThreadImport,
  ): Promise<ReactionDocument[]> {
    const made = new Map<string, ReactionDocument>();
    for (const [at, post] of posts.entries())
      for (const [place, { member: ref, reaction, at: moment }] of (given.posts[at]?.reactions ?? []).entries()) {
        const member = await this.memberOf(scope, ref, ['posts', at, 'reactions', place, 'member']);
        const one = reactionOf(scope, { post: post._id, member, reaction, at: new Date(moment) });
        if (member !== post.author && !made.has(one._id)) made.set(one._id, one);
      }
    return [...made.values()];
  }

  private async memberOf(scope: Scope, ref: string, path: Problem['path']): Promise<string> {
    const field: Problem = { path, code: 'invalid' };
    const found = await this.members.find(scope, ref).catch((error: unknown) => {
      throw error instanceof Refusal && error.code === 'member.notFound' ? new Refusal(error.code, {}, [field]) : error;
    });
    return found._id;
  }
}

function countsOf(
  { _id }: PostDocument,
  reactions: readonly ReactionDocument[],
): NonNullable<PostDocument['reactions']> {
  const counts: Partial<Record<ReactionDocument['reaction'], number>> = {};
  for (const { post, reaction } of reactions) if (post === _id) counts[reaction] = (counts[reaction] ?? 0) + 1;
  return counts;
}

/** Posts follow one another in time, none of them in the future, and answer to what stands before them. */
function problemsOf({ posts, answer }: ThreadImport, nowMs: number): Problem[] {
  const problems: Problem[] = posts.flatMap(({ at, replyTo }, place) => {
    const isLate = Date.parse(at) > nowMs;
    const isBefore = place > 0 && at < (posts[place - 1]?.at ?? '');
    return [
      ...(isLate || isBefore ? [{ path: ['posts', place, 'at'], code: 'invalid' }] : []),
      ...(replyTo !== undefined && replyTo > place ? [{ path: ['posts', place, 'replyTo'], code: 'invalid' }] : []),
    ];
  });
  return answer !== undefined && answer > posts.length
    ? [...problems, { path: ['answer'], code: 'invalid' }]
    : problems;
}
