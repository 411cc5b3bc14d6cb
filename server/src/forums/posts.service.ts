import { Injectable } from '@nestjs/common';
import { actionsOn } from '@verbena/shared/forums/post-actions.js';
import type {
  Post,
  PostAction,
  PostChange,
  PostDraft,
  PostSource,
  PostVersion,
} from '@verbena/shared/forums/threads.routes.js';
import { AuditService } from '#audit/audit.service.js';
import { Notices } from '#notices/notices.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import type { Session } from '#platform/mongo/mongo.js';
import { announcePost } from './announce-post.js';
import { authorsOfPost } from './author-lines.js';
import { Authors } from './authors.service.js';
import type { ForumReader, OpenCategory } from './forum-access.service.js';
import type { DeletionRecord, PostDocument, ThreadDocument } from './forums.schema.js';
import { PostRenderer } from './post-renderer.service.js';
import { PostWriter } from './post-writer.service.js';
import { PostsRepository } from './posts.repository.js';
import { ReactionsRepository } from './reactions.repository.js';
import type { Signatures } from './signatures.js';
import { slugOfTitle } from './slug-of-title.js';
import { isLocked, postOf } from './thread-views.js';
import { ThreadsService } from './threads.service.js';

/** Whoever looks through more finds out nothing new. */
const VERSIONS_MAX = 100;

/** A post in its thread, as somebody stands before it. */
export interface FoundPost {
  readonly post: PostDocument;
  readonly thread: ThreadDocument;
  readonly open: OpenCategory;
  readonly signatures: Signatures;
  readonly isOwn: boolean;
  readonly can: readonly PostAction[];
}

/** Posts as readers write, change and take them away. What a reader may not read is refused as if it were not there. */
@Injectable()
export class PostsService {
  constructor(
    private readonly threads: ThreadsService,
    private readonly authors: Authors,
    private readonly posts: PostsRepository,
    private readonly reactions: ReactionsRepository,
    private readonly writer: PostWriter,
    private readonly renderer: PostRenderer,
    private readonly audit: AuditService,
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  /** Answers in a thread; refuses what `PostWriter.reply` does, `thread.notFound` and `forum.notAllowed`. */
  async reply(reader: ForumReader, id: string, draft: PostDraft): Promise<Post> {
    const { thread, open } = await this.threads.find(reader, id);
    if (!open.rights.has('reply')) throw new Refusal('forum.notAllowed');
    const post = await this.writer.reply(reader, thread, draft, open.rights.has('moderate'));
    return this.view(reader, post, thread, open);
  }

  /** Where a post stands, and its words; refuses `post.notFound` also for what was taken away, but to its author and who moderates. */
  async source(reader: ForumReader, id: string): Promise<PostSource> {
    const { post, thread, open, signatures, isOwn } = await this.find(reader, id);
    const isHidden = post.deletion !== null && !isOwn && !open.rights.has('moderate');
    return {
      id,
      thread: thread._id,
      slug: slugOfTitle(thread.title),
      number: post.number,
      author: signatures.of(post.author),
      body: isHidden ? '' : post.body,
      version: post.version,
    };
  }

  /** Refuses `post.notFound`, `forum.notAllowed`, `thread.locked`, `post.deleted`, `post.changed` where somebody was faster, and a moderator
   * without a reason. */
  async change(reader: ForumReader, id: string, { body, version, reason }: PostChange, actor: Actor): Promise<Post> {
    const found = await this.find(reader, id);
    this.require(found, 'edit', 'post.deleted');
    this.refuseWithoutReason(found, reason);
    const by = reader.member ?? actor.id;
    const after = await this.writer.edit(reader, found.post, { body, version, by }, async (session) => {
      await announcePost(this.notices, session, found.post, 'changed');
      await this.record(session, reader, actor, 'forumPost.changed', found, { version, reason: reason ?? null });
    });
    return this.view(reader, after, found.thread, found.open);
  }

  /** Refuses `post.notFound`, and `forum.notAllowed` to all but its author and who moderates. */
  async versions(reader: ForumReader, id: string): Promise<PostVersion[]> {
    const found = await this.find(reader, id);
    this.require(found, 'history');
    const { post } = found;
    const older = await this.posts.listVersions(reader.scope, id, VERSIONS_MAX);
    const { version, body, writtenAt: at, writtenBy: by } = post;
    const all = [{ version, body, at, by }, ...older];
    const signatures = await this.authors.signaturesFor(
      reader,
      all.map((one) => one.by),
    );
    return all.map((one) => ({ ...pickVersion(one), at: one.at.toISOString(), by: signatures.of(one.by) }));
  }

  /** Refuses `post.notFound`, `forum.notAllowed`, `post.deleted`, `thread.hasReplies`, and a moderator without a reason. */
  async remove(reader: ForumReader, id: string, reason: string | null, actor: Actor): Promise<Post> {
    const found = await this.find(reader, id);
    this.require(found, 'delete', 'post.deleted');
    this.refuseWithoutReason(found, reason);
    const by = found.isOwn ? 'author' : 'moderator';
    const after = await this.writer.remove(reader, found.post, { by, reason }, (session) =>
      this.record(session, reader, actor, 'forumPost.deleted', found, { reason }),
    );
    return this.view(reader, after, found.thread, found.open);
  }

  /** Refuses `post.notFound`, `forum.notAllowed`, `post.notDeleted` and `post.purged`. */
  async restore(reader: ForumReader, id: string, actor: Actor): Promise<Post> {
    const found = await this.find(reader, id);
    this.refuseUnlessDeleted(found.post);
    this.require(found, 'restore');
    const after = await this.writer.restore(reader, found.post, (session) =>
      this.record(session, reader, actor, 'forumPost.restored', found, null),
    );
    return this.view(reader, after, found.thread, found.open);
  }

  /** Refuses `post.notFound`, `forum.notAllowed`, `post.notDeleted` and `post.purged`. */
  async purge(reader: ForumReader, id: string, actor: Actor): Promise<Post> {
    const found = await this.find(reader, id);
    const post = this.refuseUnlessDeleted(found.post);
    this.require(found, 'purge');
    const after = await this.writer.purge(reader, post, (session) =>
      this.record(session, reader, actor, 'forumPost.purged', found, null),
    );
    return this.view(reader, after, found.thread, found.open);
  }

  async preview({ scope }: ForumReader, body: string): Promise<{ html: string }> {
    const { html } = await this.renderer.render(scope, body);
    return { html };
  }

  /** A post that a reader may read, also one that was taken away; refuses `post.notFound`. */
  async find(reader: ForumReader, id: string): Promise<FoundPost> {
    const post = await this.posts.find(reader.scope, id);
    if (post === null) throw new Refusal('post.notFound');
    const { thread, open } = await this.threads.find(reader, post.thread).catch((error: unknown) => {
      // A thread that is not for the reader makes the post one that is not there.
      throw error instanceof Refusal && error.code === 'thread.notFound' ? new Refusal('post.notFound') : error;
    });
    const signatures = await this.authors.signaturesFor(reader, authorsOfPost(post));
    const isOwn = signatures.isReader(post.author);
    const moderates = open.rights.has('moderate');
    const mayWrite = open.rights.has('reply') && !isLocked(thread, this.clock.now());
    return { post, thread, open, signatures, isOwn, can: actionsOn(post.deletion, { isOwn, moderates, mayWrite }) };
  }

  /** @param deleted what to say where only that it was taken away is in the way */
  private require({ can, isOwn, post, thread, open }: FoundPost, action: PostAction, deleted?: 'post.deleted'): void {
    if (can.includes(action)) return;
    const isWriter = isOwn || open.rights.has('moderate');
    if (isWriter && deleted !== undefined && post.deletion !== null) throw new Refusal(deleted);
    if (isOwn && isLocked(thread, this.clock.now())) throw new Refusal('thread.locked');
    throw new Refusal('forum.notAllowed');
  }

  /** Whoever changes or takes away what another one wrote says why. */
  private refuseWithoutReason({ isOwn }: FoundPost, reason: string | null | undefined): void {
    if (!isOwn && reason == null) throw new Refusal('input.invalid', {}, [{ path: ['reason'], code: 'required' }]);
  }

  private refuseUnlessDeleted(post: PostDocument): PostDocument & { readonly deletion: DeletionRecord } {
    const { deletion } = post;
    if (deletion === null) throw new Refusal('post.notDeleted');
    if (deletion.isPurged) throw new Refusal('post.purged');
    return { ...post, deletion };
  }

  /** What people do with their own posts is no matter of the staff's log. */
  private async record(
    session: Session,
    { scope }: ForumReader,
    actor: Actor,
    action: 'forumPost.changed' | 'forumPost.deleted' | 'forumPost.restored' | 'forumPost.purged',
    { post, isOwn }: FoundPost,
    after: Readonly<Record<string, unknown>> | null,
  ): Promise<void> {
    if (isOwn) return;
    const before = { thread: post.thread, number: post.number, author: post.author };
    await this.audit.record(session, scope, {
      actor,
      action,
      subject: { kind: 'forumPost', id: post._id },
      before,
      after: after === null ? before : { ...before, ...after },
    });
  }

  /** As a reader sees it. */
  async view(reader: ForumReader, post: PostDocument, thread: ThreadDocument, { rights }: OpenCategory): Promise<Post> {
    const lines = await this.authors.linesFor(reader, [post]);
    const reactions = await this.reactions.ofReader(reader, [post]);
    return postOf(post, { rights, lines, isLocked: isLocked(thread, this.clock.now()), reactions });
  }
}

function pickVersion({ version, body }: { readonly version: number; readonly body: string }) {
  return { version, body };
}
