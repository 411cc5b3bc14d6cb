import { Module } from '@nestjs/common';
import * as categoriesRoutes from '@verbena/shared/forums/categories.routes.js';
import * as category from '@verbena/shared/forums/category.js';
import * as follow from '@verbena/shared/forums/follow.js';
import * as followsRoutes from '@verbena/shared/forums/follows.routes.js';
import * as importRoutes from '@verbena/shared/forums/import.routes.js';
import * as pairsRoutes from '@verbena/shared/forums/pairs.routes.js';
import * as peopleRoutes from '@verbena/shared/forums/people.routes.js';
import * as postAuthor from '@verbena/shared/forums/post-author.js';
import * as forumPushes from '@verbena/shared/forums/forum-pushes.js';
import * as reaction from '@verbena/shared/forums/reaction.js';
import * as threadsRoutes from '@verbena/shared/forums/threads.routes.js';
import { AuditModule } from '#audit/audit.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { NoticesModule } from '#notices/notices.module.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { RealtimeModule } from '#realtime/realtime.module.js';
import { SegmentsModule } from '#segments/segments.module.js';
import { declareJobs } from '#platform/queues/job.js';
import { Authors } from './authors.service.js';
import { CategoriesController } from './categories.controller.js';
import { CategoriesRepository } from './categories.repository.js';
import { CategoriesService } from './categories.service.js';
import { CategoryStreams } from './category-streams.push.js';
import { ForumChanges } from './forum-changes.service.js';
import { ForumMarksRepository } from './forum-marks.repository.js';
import { DailyLimits } from './daily-limits.service.js';
import { FollowsController } from './follows.controller.js';
import { FollowsService } from './follows.service.js';
import { ForumAccess } from './forum-access.service.js';
import { ForumNotices } from './forum-notices.service.js';
import { ForumTiles } from './forum-tiles.service.js';
import { renderPostsAnew } from './forums.jobs.js';
import { RenderPostsAnewWorker } from './forums.worker.js';
import { PairsController } from './pairs.controller.js';
import { PairsService } from './pairs.service.js';
import { People } from './people.service.js';
import { PostRenderer } from './post-renderer.service.js';
import { PostWriter } from './post-writer.service.js';
import { PostsRepository } from './posts.repository.js';
import { ReactionsRepository } from './reactions.repository.js';
import { RemovalNotices } from './removal-notices.service.js';
import { ReactionsService } from './reactions.service.js';
import { PostsService } from './posts.service.js';
import { ReadsService } from './reads.service.js';
import { ThreadChanges } from './thread-changes.service.js';
import { ThreadImports } from './thread-import.service.js';
import { ThreadPages } from './thread-pages.service.js';
import { ThreadStreams } from './thread-streams.push.js';
import { ThreadsController } from './threads.controller.js';
import { ThreadsRepository } from './threads.repository.js';
import { ThreadsService } from './threads.service.js';
import { Told } from './told.service.js';
import { ToldRepository } from './told.repository.js';

/**
 * Owns: `forumCategories`, `forumThreads`, `forumPosts`, `forumPostVersions`, `forumReactions`, `forumMarks`, `forumTold`. Takes in: what
 * members write, read and follow, what they hold (from the ledger), and who may do what where. Gives out: the forum as each of them may see
 * it, live too, whom a post concerns (`NoticeSource`), and what members did there, as activities of theirs (`SourceOutbox`). It has never
 * heard of points.
 */
@NamesSchemas(
  ...[
    category,
    categoriesRoutes,
    follow,
    followsRoutes,
    forumPushes,
    importRoutes,
    pairsRoutes,
    peopleRoutes,
    postAuthor,
    reaction,
  ],
  threadsRoutes,
)
@Module({
  imports: [
    ...[AuditModule, IdentityModule, LedgerModule, MembersModule, NoticesModule, ProgramsModule, RealtimeModule],
    SegmentsModule,
  ],
  controllers: [CategoriesController, ThreadsController, FollowsController, PairsController],
  providers: [
    ForumAccess,
    ForumChanges,
    ThreadStreams,
    CategoryStreams,
    Authors,
    ForumTiles,
    CategoriesService,
    CategoriesRepository,
    ThreadPages,
    ThreadChanges,
    ThreadImports,
    ThreadsService,
    ThreadsRepository,
    Told,
    ToldRepository,
    PostsService,
    PostsRepository,
    PostWriter,
    DailyLimits,
    ReactionsService,
    ReactionsRepository,
    PostRenderer,
    ReadsService,
    ForumMarksRepository,
    FollowsService,
    People,
    PairsService,
    ForumNotices,
    RemovalNotices,
    RenderPostsAnewWorker,
    declareJobs(renderPostsAnew),
  ],
})
export class ForumsModule {}
