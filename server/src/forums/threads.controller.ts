import {
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type PipeTransform,
} from '@nestjs/common';
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
  type Post,
  type PostChange,
  type PostDraft,
  type PostSource,
  type PostVersion,
  previewPost,
  purgePost,
  restorePost,
  type Thread,
  type ThreadChange,
  type ThreadDraft,
} from '@verbena/shared/forums/threads.routes.js';
import type { RouteResponse } from '@verbena/shared/platform/route.js';
import type { FastifyRequest } from 'fastify';
import { Asking, Implements, RouteBody, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { ForumAccess, type ForumReader } from './forum-access.service.js';
import { PostsService } from './posts.service.js';
import { ThreadImports } from './thread-import.service.js';
import { type PostsAsked, ThreadsService } from './threads.service.js';

@Injectable()
class ReaderPipe implements PipeTransform<FastifyRequest, Promise<ForumReader>> {
  constructor(private readonly access: ForumAccess) {}

  transform({ tenant, ownMember = null, ownRole = null }: FastifyRequest): Promise<ForumReader> {
    if (tenant === undefined) throw new Error('This route has no :program in its path.');
    return this.access.readerOf(scopeOf(tenant.id), ownMember, ownRole);
  }
}

const TheRequest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);
/** Whoever asks, as the forum knows it. */
const Reading = (): ParameterDecorator => TheRequest(ReaderPipe);

@Controller()
export class ThreadsController {
  constructor(
    private readonly threads: ThreadsService,
    private readonly posts: PostsService,
    private readonly imports: ThreadImports,
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
    return this.threads.create(reader, draft);
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

  @Implements(changeThread)
  async change(
    @Reading() reader: ForumReader,
    @RouteParam('thread') id: string,
    @RouteBody(changeThread) change: ThreadChange,
    @Asking() principal: Principal,
  ): Promise<Thread> {
    return this.threads.change(reader, id, change, actorOf(principal));
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

  @Implements(previewPost)
  async preview(
    @Reading() reader: ForumReader,
    @RouteBody(previewPost) { body }: { body: string },
  ): Promise<{ html: string }> {
    return this.posts.preview(reader, body);
  }
}
