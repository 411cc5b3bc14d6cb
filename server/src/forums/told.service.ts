import { Injectable } from '@nestjs/common';
import type { ForumActivityType } from '@verbena/shared/forums/forum-activities.js';
import type { Reaction } from '@verbena/shared/forums/reaction.js';
import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { REVERSED_SUFFIX } from '@verbena/shared/activities/activity-type.js';
import { Clock } from '#platform/clock/clock.js';
import type { Session } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { SourceOutbox } from '#platform/outbox/source-outbox.js';
import { ProgramsService } from '#programs/programs.service.js';
import { ForumAccess } from './forum-access.service.js';
import type { PostDocument, ThreadDocument, ToldDocument } from './forums.schema.js';
import { ToldRepository } from './told.repository.js';

/** What happened longer ago than 400 days is taken in by no journal; so it is dated a year ago. */
const BACK_MS_MAX = 365 * 86_400_000;

type WrittenPost = Pick<PostDocument, '_id' | 'program' | 'thread' | 'number' | 'author' | 'createdAt' | 'letters'>;
type ThreadOfPost = Pick<ThreadDocument, '_id' | 'program' | 'category' | 'author'>;
type Telling = Pick<ToldDocument, 'type' | 'other' | 'at'> & { readonly more?: ToldDocument['attributes'] };

/**
 * Tells what members did in the forum, as activities of whoever earns by it, in the transaction that did it; and takes back what does not
 * stand any more, whatever its age. What it is worth, if anything, the program knows. Nobody earns by what it does to its own.
 */
@Injectable()
export class Told {
  constructor(
    private readonly repository: ToldRepository,
    private readonly access: ForumAccess,
    private readonly programs: ProgramsService,
    private readonly outbox: SourceOutbox,
    private readonly clock: Clock,
  ) {}

  /** A post is there: the first one of a thread, or an answer. */
  async wrote(session: Session, thread: ThreadOfPost, post: WrittenPost): Promise<void> {
    const type = post.number === 1 ? 'forum.thread' : 'forum.reply';
    const more = { length: post.letters ?? 0 };
    await this.tell(session, thread, post, { type, other: null, at: post.createdAt, more });
  }

  /** A member reacted to a post of another. Another reaction in its place is the same. */
  async reacted(
    session: Session,
    thread: ThreadOfPost,
    post: WrittenPost,
    { member, reaction, at }: { readonly member: string; readonly reaction: Reaction | null; readonly at: Date },
  ): Promise<void> {
    if (reaction === null) await this.takeBack(session, post, toldId('forum.reaction', post._id, member));
    else await this.tell(session, thread, post, { type: 'forum.reaction', other: member, at, more: { reaction } });
  }

  /**
   * The accepted answer of a thread is another one, or none. Who opened the thread does not earn by its own answer, nor does anybody by accepting
   * it itself.
   *
   * @param by who accepted it; null: somebody who is no member
   */
  async accepted(
    session: Session,
    thread: ThreadOfPost,
    {
      before,
      after,
      by,
      at,
    }: {
      /** The post that was accepted until now. */
      readonly before: string | null;
      readonly after: WrittenPost | null;
      readonly by: string | null;
      readonly at: Date;
    },
  ): Promise<void> {
    if (before === (after?._id ?? null)) return;
    if (before !== null) await this.takeBack(session, thread, toldId('forum.accepted', before, null));
    if (after === null || after.author === thread.author || after.author === by) return;
    await this.tell(session, thread, after, { type: 'forum.accepted', other: by, at });
  }

  /** A post was taken away, and with it all that was told of it. The reason is read by its author. */
  async removed(session: Session, { _id, program }: PostDocument, reason: string | null): Promise<void> {
    for (const one of await this.repository.listOfPost(scopeOf(program), _id, session))
      if (one.stands) await this.withdraw(session, { ...one, wentWithPost: true }, reason);
  }

  /** It is back, and with it exactly what went along; dated as it was. The accepted answer only where it is that again. */
  async restored(session: Session, { _id, program }: PostDocument, isAnswer: boolean): Promise<void> {
    for (const { wentWithPost, ...one } of await this.repository.listOfPost(scopeOf(program), _id, session)) {
      if (wentWithPost !== true) continue;
      const isGone =
        (one.type === 'forum.accepted' && !isAnswer) || (await this.namesOf(program, one.type)) === undefined;
      if (isGone) await this.repository.put(one, session);
      else await this.send(session, one);
    }
  }

  private async tell(
    session: Session,
    thread: ThreadOfPost,
    { _id: post, program, author }: WrittenPost,
    { type, other, at, more }: Telling,
  ): Promise<void> {
    const scope = scopeOf(program);
    const known = await this.namesOf(program, type);
    if (known === undefined) return;
    const _id = toldId(type, post, type === 'forum.reaction' ? other : null);
    // What was just written was never told of.
    const isNew = type === 'forum.thread' || type === 'forum.reply';
    const before = isNew ? null : await this.repository.find(scope, _id, session);
    if (before?.stands === true) return;
    const category = (await this.access.categoriesOf(scope)).find((one) => one._id === thread.category)?.slug;
    const all = { thread: thread._id, post, ...(category === undefined ? {} : { category }), ...more };
    const attributes = Object.entries(other === null ? all : { ...all, other }).filter(([name]) =>
      Object.hasOwn(known, name),
    );
    await this.send(session, {
      ...{ _id, program, thread: thread._id, post, type, member: author, other, at },
      ...{ attributes: Object.fromEntries(attributes), times: before?.times ?? 0, stands: false },
    });
  }

  /** The attributes that a program names of a type; undefined where it does not count it. */
  private async namesOf(program: string, type: ForumActivityType): Promise<ObjectAttribute['properties'] | undefined> {
    const { activityTypes } = await this.programs.inForce(program, this.clock.now());
    return activityTypes.get(type)?.definition.attributes.properties;
  }

  private async send(session: Session, told: ToldDocument): Promise<void> {
    const { program, member, type, at, attributes } = told;
    const next = { ...told, times: told.times + 1, stands: true };
    await this.repository.put(next, session);
    const occurredAt = new Date(Math.max(at.getTime(), this.clock.now() - BACK_MS_MAX)).toISOString();
    const activity = { scope: scopeOf(program), member, type, occurredAt, attributes };
    await this.outbox.add(session, { ...activity, key: keyOf(next) });
  }

  private async takeBack(session: Session, { program }: { readonly program: string }, id: string): Promise<void> {
    const told = await this.repository.find(scopeOf(program), id, session);
    if (told?.stands === true) await this.withdraw(session, told, null);
  }

  private async withdraw(session: Session, told: ToldDocument, reason: string | null): Promise<void> {
    const { program, member, type } = told;
    await this.repository.put({ ...told, stands: false }, session);
    await this.outbox.add(session, {
      ...{ scope: scopeOf(program), member, type: type + REVERSED_SUFFIX, attributes: {} },
      ...{ key: `${keyOf(told)}:back`, takesBack: keyOf(told) },
      occurredAt: new Date(this.clock.now()).toISOString(),
      ...(reason === null ? {} : { note: { reason } }),
    });
  }
}

function toldId(type: ForumActivityType, post: string, other: string | null): string {
  return other === null ? `${type}|${post}` : `${type}|${post}|${other}`;
}

/** Told again after it was taken back, it is another activity. */
function keyOf({ _id, times }: ToldDocument): string {
  return `${_id}|${times}`;
}
