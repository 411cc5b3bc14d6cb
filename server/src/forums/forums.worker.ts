import { Injectable } from '@nestjs/common';
import { MARKDOWN_VERSION } from '#platform/markdown/render-markdown.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { DoesJob, type JobHandler } from '#platform/queues/job.js';
import { renderPostsAnew } from './forums.jobs.js';
import { PostRenderer } from './post-renderer.service.js';
import { PostsRepository } from './posts.repository.js';

const BATCH = 200;

/** Twice at once, or killed half-way, it comes to the same: words that changed meanwhile are not touched. */
@Injectable()
@DoesJob(renderPostsAnew)
export class RenderPostsAnewWorker implements JobHandler<typeof renderPostsAnew.payload> {
  constructor(
    private readonly posts: PostsRepository,
    private readonly renderer: PostRenderer,
  ) {}

  async run(): Promise<void> {
    for (;;) {
      const old = await this.posts.listRenderedBefore(MARKDOWN_VERSION, BATCH);
      for (const post of old) {
        const { html, markdown } = await this.renderer.render(scopeOf(post.program), post.body);
        await this.posts.keepRendered(post, html, markdown);
      }
      if (old.length < BATCH) return;
    }
  }
}
