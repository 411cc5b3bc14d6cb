import { Injectable } from '@nestjs/common';
import type { Thread, ThreadChange, ThreadDraft } from '@verbena/shared/forums/threads.routes.js';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import { Authors } from './authors.service.js';
import { ForumAccess, type ForumReader, type OpenCategory } from './forum-access.service.js';
import type { ThreadDocument } from './forums.schema.js';
import { PostWriter } from './post-writer.service.js';
import { PostsRepository } from './posts.repository.js';
import { ReadsService } from './reads.service.js';
import { isLocked } from './thread-views.js';
import { ThreadsRepository } from './threads.repository.js';
import { authorsOf, ThreadsService } from './threads.service.js';
import { Told } from './told.service.js';

/** Threads as members open and change them. What a reader may not read is refused as if it were not there. */
@Injectable()
export class ThreadChanges {
  constructor(
    private readonly access: ForumAccess,
    private readonly threads: ThreadsService,
    private readonly repository: ThreadsRepository,
    private readonly posts: PostsRepository,
    private readonly writer: PostWriter,
    private readonly reads: ReadsService,
    private readonly authors: Authors,
    private readonly audit: AuditService,
    private readonly told: Told,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a thread. Refuses `forumCategory.notFound`, `forum.notAllowed`, `forum.notMember`, `forum.firstDay`, and `post.keyTaken` where the key stands for
   * something else; the same again answers what it made.
   */
  async create(reader: ForumReader, draft: ThreadDraft): Promise<Thread> {
    const open = await this.access.require(reader, draft.category, 'read', 'forumCategory.notFound');
    if (!open.rights.has('create')) throw new Refusal('forum.notAllowed');
    const thread = await this.writer.openThread(reader, draft, open.rights.has('moderate'));
    return this.threads.view(reader, thread, open, new Map(), 0);
  }

  /**
   * Changes a thread: its author the title and the accepted answer, who moderates everything. Refuses `thread.notFound`,
   * `forum.notAllowed`, `forumCategory.notFound` for where it shall go, and `post.notFound` for the answer.
   */
  async change(reader: ForumReader, id: string, change: ThreadChange, actor: Actor): Promise<Thread> {
    const { thread, open } = await this.threads.find(reader, id);
    const moderates = open.rights.has('moderate');
    const signatures = await this.authors.signaturesFor(reader, authorsOf(thread));
    const { title: _, answer, ...rest } = change;
    const isOwn = signatures.isReader(thread.author) && open.rights.has('reply') && !isLocked(thread, this.clock.now());
    // What anybody may do with a thread of its own is no matter of the staff's log.
    const isModerating = !isOwn || Object.keys(rest).length > 0;
    if (isModerating && !moderates) throw new Refusal('forum.notAllowed');
    const target = change.category === undefined ? open : await this.targetOf(reader, change.category);
    const after = await this.mongo.transact(async (session) => {
      const accepted = answer === undefined ? undefined : await this.answerOf(reader, id, answer, session);
      const set = { ...this.settingsOf(thread, change), ...(accepted && { answer: accepted.answer }) };
      const changed = await this.repository.change(reader.scope, id, { set }, session);
      if (changed === null) throw new Refusal('thread.notFound');
      if (accepted !== undefined)
        await this.told.accepted(session, changed, {
          ...accepted,
          by: reader.member,
          at: new Date(this.clock.now()),
        });
      if (isModerating)
        await this.audit.record(session, reader.scope, {
          actor,
          action: 'forumThread.changed',
          subject: { kind: 'forumThread', id },
          before: pick(thread, set),
          after: pick(changed, set),
        });
      return changed;
    });
    const marks = await this.reads.marksOn(reader, after);
    return this.threads.view(reader, after, target, marks, await this.reads.lastReadOf(after, marks));
  }

  private async targetOf(reader: ForumReader, category: string): Promise<OpenCategory> {
    const target = await this.access.require(reader, category, 'read', 'forumCategory.notFound');
    if (!target.rights.has('moderate')) throw new Refusal('forum.notAllowed');
    return target;
  }

  private settingsOf(
    { lockedAt }: ThreadDocument,
    { title, category, isLocked: locks, pin, closesAt, slowModeSeconds }: ThreadChange,
  ): Partial<ThreadDocument> {
    return {
      ...(title === undefined ? {} : { title }),
      ...(category === undefined ? {} : { category }),
      ...(locks === undefined ? {} : { lockedAt: locks ? (lockedAt ?? new Date(this.clock.now())) : null }),
      ...(pin === undefined ? {} : { pin: pin?.in ?? null, pinUntil: pin?.until == null ? null : new Date(pin.until) }),
      ...(closesAt === undefined ? {} : { closesAt: closesAt === null ? null : new Date(closesAt) }),
      ...(slowModeSeconds === undefined ? {} : { slowModeSeconds }),
    };
  }

  /** The accepted answer as it is now and as it shall be: read within, so that what was taken away meanwhile is none. */
  private async answerOf({ scope }: ForumReader, id: string, answer: string | null, session: Session) {
    const before = (await this.repository.find(scope, id, session))?.answer?.post ?? null;
    if (answer === null) return { before, after: null, answer: null };
    const after = await this.posts.find(scope, answer, session);
    if (after === null || after.thread !== id || after.number === 1 || after.deletion !== null)
      throw new Refusal('post.notFound', {}, [{ path: ['answer'], code: 'invalid' }]);
    return { before, after, answer: { post: after._id, number: after.number } };
  }
}

/** Of a thread the fields that a change sets. */
function pick(thread: ThreadDocument, set: Partial<ThreadDocument>): Partial<ThreadDocument> {
  return Object.fromEntries(Object.keys(set).map((key) => [key, thread[key as keyof ThreadDocument]]));
}
