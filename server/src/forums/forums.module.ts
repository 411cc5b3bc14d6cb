import { Module } from '@nestjs/common';
import * as categoriesRoutes from '@verbena/shared/forums/categories.routes.js';
import * as category from '@verbena/shared/forums/category.js';
import * as importRoutes from '@verbena/shared/forums/import.routes.js';
import * as postAuthor from '@verbena/shared/forums/post-author.js';
import * as threadsRoutes from '@verbena/shared/forums/threads.routes.js';
import { AuditModule } from '#audit/audit.module.js';
import { MembersModule } from '#members/members.module.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { SegmentsModule } from '#segments/segments.module.js';
import { declareJobs } from '#platform/queues/job.js';
import { Authors } from './authors.service.js';
import { CategoriesController } from './categories.controller.js';
import { CategoriesRepository } from './categories.repository.js';
import { CategoriesService } from './categories.service.js';
import { ForumAccess } from './forum-access.service.js';
import { ForumTiles } from './forum-tiles.service.js';
import { renderPostsAnew } from './forums.jobs.js';
import { RenderPostsAnewWorker } from './forums.worker.js';
import { PostRenderer } from './post-renderer.service.js';
import { PostWriter } from './post-writer.service.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';
import { ThreadImports } from './thread-import.service.js';
import { ThreadPages } from './thread-pages.service.js';
import { ThreadsController } from './threads.controller.js';
import { ThreadsRepository } from './threads.repository.js';
import { ThreadsService } from './threads.service.js';

/**
 * Owns: `forumCategories`, `forumThreads`, `forumPosts`, `forumPostVersions`. Takes in: what members write, and who may do what where.
 * Gives out: the forum as each of them may see it. It has never heard of points.
 */
@NamesSchemas(category, categoriesRoutes, importRoutes, postAuthor, threadsRoutes)
@Module({
  imports: [AuditModule, MembersModule, ProgramsModule, SegmentsModule],
  controllers: [CategoriesController, ThreadsController],
  providers: [
    ForumAccess,
    Authors,
    ForumTiles,
    CategoriesService,
    CategoriesRepository,
    ThreadPages,
    ThreadImports,
    ThreadsService,
    ThreadsRepository,
    PostsService,
    PostsRepository,
    PostWriter,
    PostRenderer,
    RenderPostsAnewWorker,
    declareJobs(renderPostsAnew),
  ],
})
export class ForumsModule {}
