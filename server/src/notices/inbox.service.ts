import { Injectable } from '@nestjs/common';
import type { Notice } from '@verbena/shared/notices/notice.js';
import type { Scope } from '#platform/mongo/scope.js';
import { StreamsService } from '#realtime/streams.service.js';
import { groupNotices, type ReadableNotice } from './group-notices.js';
import type { NoticeView } from './notice-source.port.js';
import { NoticeSources } from './notice-sources.js';
import { NoticesRepository } from './notices.repository.js';
import type { NoticeDocument } from './notices.schema.js';

/** So many of the latest are looked at; nobody reads what lies behind them in a bell. */
const LOOKED_AT_MAX = 200;

/** What a member was told, as it may read it now. */
export interface Inbox {
  /** The last number that there is. */
  readonly q: number;
  readonly read: number;
  readonly unread: number;
  readonly items: readonly Notice[];
}

/** What members were told. Titles and names come from the sources at the moment of reading: whoever lost a right reads nothing of it. */
@Injectable()
export class InboxService {
  constructor(
    private readonly repository: NoticesRepository,
    private readonly sources: NoticeSources,
    private readonly streams: StreamsService,
  ) {}

  /** @param which `unread`: only what was not read yet is looked at */
  async of(scope: Scope, member: string, which: 'all' | 'unread'): Promise<Inbox> {
    const q = await this.repository.headOf(member);
    const read = await this.streams.readUpTo(scope, member, 'inbox');
    const first = Math.max(q - LOOKED_AT_MAX + 1, which === 'unread' ? read + 1 : 1);
    const found = first > q ? [] : await this.repository.list(scope, member, first, q);
    const items = groupNotices(await this.readable(scope, member, found), read);
    return { q, read, unread: items.filter((one) => one.q > read).length, items };
  }

  private async readable(scope: Scope, member: string, found: readonly NoticeDocument[]): Promise<ReadableNotice[]> {
    const views = new Map<NoticeDocument, NoticeView>();
    for (const kind of new Set(found.map((notice) => notice.kind))) {
      const own = found.filter((notice) => notice.kind === kind);
      const subjects = own.map(({ subject }) => subject);
      const seen = await this.sources.of(kind).viewsOf(scope, member, subjects);
      for (const [at, notice] of own.entries()) {
        const view = seen[at];
        if (view != null) views.set(notice, view);
      }
    }
    return found.flatMap((notice) => {
      const view = views.get(notice);
      return view === undefined ? [] : [{ notice, view }];
    });
  }
}
