import { Injectable } from '@nestjs/common';
import type { Reaction } from '@verbena/shared/forums/reaction.js';
import type { Post } from '@verbena/shared/forums/threads.routes.js';
import type { PostAuthor } from '@verbena/shared/forums/post-author.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Authors } from './authors.service.js';
import type { ForumReader } from './forum-access.service.js';
import { PostWriter } from './post-writer.service.js';
import { PostsService } from './posts.service.js';
import { ReactionsRepository } from './reactions.repository.js';

const LISTED_MAX = 100;

/** What members think of posts, without a word. */
@Injectable()
export class ReactionsService {
  constructor(
    private readonly posts: PostsService,
    private readonly reactions: ReactionsRepository,
    private readonly writer: PostWriter,
    private readonly authors: Authors,
  ) {}

  /**
   * Refuses `post.notFound`, `forum.notAllowed`, `forum.notMember`, `post.deleted`, `reaction.own`, `reaction.tooMany`, and what there is not to react with in that
   * category. The same again changes nothing.
   */
  async react(reader: ForumReader, id: string, reaction: Reaction | null): Promise<Post> {
    const { post, thread, open, isOwn } = await this.posts.find(reader, id);
    if (!open.rights.has('react')) throw new Refusal('forum.notAllowed');
    if (reader.member === null) throw new Refusal('forum.notMember');
    if (isOwn) throw new Refusal('reaction.own');
    if (reaction !== null && !open.category.reactions.includes(reaction))
      throw new Refusal('input.invalid', {}, [{ path: ['reaction'], code: 'invalid' }]);
    const after = await this.writer.react(
      reader.scope,
      thread,
      post,
      reader.member,
      reaction,
      open.rights.has('moderate'),
    );
    return this.posts.view(reader, after, thread, open);
  }

  /** The latest first. Refuses `post.notFound`. */
  async list(reader: ForumReader, id: string): Promise<{ author: PostAuthor; reaction: Reaction; at: string }[]> {
    const { post } = await this.posts.find(reader, id);
    if (post.deletion !== null) return [];
    const shown = await this.reactions.list(reader.scope, id, LISTED_MAX);
    const signatures = await this.authors.signaturesFor(
      reader,
      shown.map(({ member }) => member),
    );
    return shown.map(({ member, reaction, at }) => ({ author: signatures.of(member), reaction, at: at.toISOString() }));
  }
}
