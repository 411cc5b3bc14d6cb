import { Controller } from '@nestjs/common';
import type { Reaction } from '@verbena/shared/forums/reaction.js';
import { importThread, type ThreadImport } from '@verbena/shared/forums/import.routes.js';
import {
  changePost,
  changeThread,
  createPost,
  createThread,
  deletePost,
  type DeletionDraft,
  getPost,
  getThread,
  listPostVersions,
  listThreads,
  markCategoryRead,
  markThreadRead,
  type Post,
  type PostChange,
  type PostDraft,
  type PostSource,
  type PostVersion,
  previewPost,
  purgePost,
  listReactions,
  reactToPost,
  restorePost,
  type Thread,
  type ThreadChange,
  type ThreadDraft,
  type ThreadReading,
} from '@verbena/shared/forums/threads.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import { Asking, Implements, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import type { ForumReader } from './forum-access.service.js';
import { PostsService } from './posts.service.js';
import { ReactionsService } from './reactions.service.js';
import { ReadsService } from './reads.service.js';
import { Reading } from './reading.js';
import { ThreadChanges } from './thread-changes.service.js';
import { ThreadImports } from './thread-import.service.js';
import { type PostsAsked, ThreadsService } from './threads.service.js';

@Controller()
export class ThreadsController {
  constructor(
    private readonly threads: ThreadsService,
    private readonly changes: ThreadChanges,
    private readonly posts: PostsService,
    private readonly reactions: ReactionsService,
    private readonly imports: ThreadImports,
    private readonly reads: ReadsService,
  ) {}

  @Implements(listThreads)
  async list(
    @Reading() reader: ForumReader,
    @RouteParam('category') slug: string,
    @RouteQuery(listThreads) page: { before?: number; limit?: number },
  ): Promise<RouteResponse<typeof listThreads>> {
    return this.threads.list(reader, slug, page);
  }

  @Implements(createThread)
  async create(@Reading() reader: ForumReader, @RouteBody(createThread) draft: ThreadDraft): Promise<Thread> {
    return this.changes.create(reader, draft);
  }

  @Implements(importThread)
  async import(@Reading() reader: ForumReader, @RouteBody(importThread) given: ThreadImport): Promise<Thread> {
    const id = await this.imports.take(reader.scope, given);
    return (await this.threads.read(reader, id, {})).thread;
  }

  @Implements(getThread)
  async read(
    @Reading() reader: ForumReader,
    @RouteParam('thread') id: string,
    @RouteQuery(getThread) asked: PostsAsked,
  ): Promise<{ thread: Thread; posts: Post[] }> {
    return this.threads.read(reader, id, asked);
  }

  @Implements(markThreadRead)
  async markRead(
    @Reading() reader: ForumReader,
    @RouteParam('thread') id: string,
    @RouteBody(markThreadRead) { number }: ThreadReading,
  ): Promise<RouteResponse<typeof markThreadRead>> {
    const { thread } = await this.threads.find(reader, id);
    return { number: await this.reads.markThread(reader, thread, number) };
  }

  @Implements(markCategoryRead)
  async markAllRead(
    @Reading() reader: ForumReader,
    @RouteParam('category') category: string,
  ): Promise<RouteResponse<typeof markCategoryRead>> {
    return { at: new Date(await this.reads.markCategory(reader, category)).toISOString() };
  }

  @Implements(changeThread)
  async change(
    @Reading() reader: ForumReader,
    @RouteParam('thread') id: string,
    @RouteBody(changeThread) change: ThreadChange,
    @Asking() principal: Principal,
  ): Promise<Thread> {
    return this.changes.change(reader, id, change, actorOf(principal));
  }

  @Implements(createPost)
  async reply(
    @Reading() reader: ForumReader,
    @RouteParam('thread') id: string,
    @RouteBody(createPost) draft: PostDraft,
  ): Promise<Post> {
    return this.posts.reply(reader, id, draft);
  }

  @Implements(getPost)
  async source(@Reading() reader: ForumReader, @RouteParam('post') id: string): Promise<PostSource> {
    return this.posts.source(reader, id);
  }

  @Implements(changePost)
  async edit(
    @Reading() reader: ForumReader,
    @RouteParam('post') id: string,
    @RouteBody(changePost) change: PostChange,
    @Asking() principal: Principal,
  ): Promise<Post> {
    return this.posts.change(reader, id, change, actorOf(principal));
  }

  @Implements(listPostVersions)
  async versions(@Reading() reader: ForumReader, @RouteParam('post') id: string): Promise<{ items: PostVersion[] }> {
    return { items: await this.posts.versions(reader, id) };
  }

  @Implements(deletePost)
  async remove(
    @Reading() reader: ForumReader,
    @RouteParam('post') id: string,
    @RouteBody(deletePost) { reason }: DeletionDraft,
    @Asking() principal: Principal,
  ): Promise<Post> {
    return this.posts.remove(reader, id, reason ?? null, actorOf(principal));
  }

  @Implements(restorePost)
  async restore(
    @Reading() reader: ForumReader,
    @RouteParam('post') id: string,
    @Asking() principal: Principal,
  ): Promise<Post> {
    return this.posts.restore(reader, id, actorOf(principal));
  }

  @Implements(purgePost)
  async purge(
    @Reading() reader: ForumReader,
    @RouteParam('post') id: string,
    @Asking() principal: Principal,
  ): Promise<Post> {
    return this.posts.purge(reader, id, actorOf(principal));
  }

  @Implements(reactToPost)
  async react(
    @Reading() reader: ForumReader,
    @RouteParam('post') id: string,
    @RouteBody(reactToPost) { reaction }: { reaction: Reaction | null },
  ): Promise<Post> {
    return this.reactions.react(reader, id, reaction);
  }

  @Implements(listReactions)
  async reactionsTo(
    @Reading() reader: ForumReader,
    @RouteParam('post') id: string,
  ): Promise<RouteResponse<typeof listReactions>> {
    return { items: await this.reactions.list(reader, id) };
  }

  @Implements(previewPost)
  async preview(
    @Reading() reader: ForumReader,
    @RouteBody(previewPost) { body }: { body: string },
  ): Promise<{ html: string }> {
    return this.posts.preview(reader, body);
  }
}
