import { Injectable } from '@nestjs/common';
import { MembersService } from '#members/members.service.js';
import {
  type Announced,
  type NoticeRecipient,
  type NoticeSource,
  type NoticeView,
  TellsNotices,
} from '#notices/notice-source.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { REMOVAL_NOTICE, removalOf } from './announce-post.js';
import type { PostDocument } from './forums.schema.js';
import { People } from './people.service.js';
import { PostsRepository } from './posts.repository.js';
import { ThreadsRepository } from './threads.repository.js';
import { ThreadsService } from './threads.service.js';

/** Authors read what of theirs a moderator took away, and why, for as long as it is away and they may read where it stood. */
@Injectable()
@TellsNotices()
export class RemovalNotices implements NoticeSource {
  readonly kind = REMOVAL_NOTICE;

  constructor(
    private readonly posts: PostsRepository,
    private readonly threads: ThreadsRepository,
    private readonly access: ThreadsService,
    private readonly people: People,
    private readonly members: MembersService,
  ) {}

  async recipientsOf(scope: Scope, { subject }: Announced): Promise<readonly NoticeRecipient[]> {
    const found = await this.find(scope, subject);
    if (found === null) return [];
    const survivors = await this.members.survivorsOf(scope, [found.author]);
    const told = await this.members.present(scope, [...survivors.values()]);
    return told.map((member) => ({ member, reason: 'removed', group: `removed|${subject}` }));
  }

  async viewsOf(scope: Scope, member: string, subjects: readonly string[]): Promise<readonly (NoticeView | null)[]> {
    const [reader] = await this.people.readersOf(scope, [member]);
    return Promise.all(
      subjects.map(async (subject) => {
        const post = await this.find(scope, subject);
        const thread = post === null ? null : await this.threads.find(scope, post.thread);
        if (reader === undefined || post === null || thread === null) return null;
        if ((await this.access.openOf(reader, thread)) === null) return null;
        // Who did it stays with the staff.
        const view = { author: '', alias: null, title: thread.title, path: `forum/p/${post._id}` };
        return post.deletion?.reason == null ? view : { ...view, detail: post.deletion.reason };
      }),
    );
  }

  private async find(scope: Scope, subject: string): Promise<PostDocument | null> {
    const [id = ''] = subject.split('|');
    const post = await this.posts.find(scope, id);
    return post?.deletion != null && removalOf(post, post.deletion) === subject ? post : null;
  }
}
