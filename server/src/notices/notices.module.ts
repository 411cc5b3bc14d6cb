import { Module } from '@nestjs/common';
import * as notice from '@verbena/shared/notices/notice.js';
import * as noticesRoutes from '@verbena/shared/notices/notices.routes.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { RealtimeModule } from '#realtime/realtime.module.js';
import { InboxService } from './inbox.service.js';
import { NoticeOutboxRepository } from './notice-outbox.repository.js';
import { NoticeRelay } from './notice-relay.js';
import { NoticeSources } from './notice-sources.js';
import { NoticesController } from './notices.controller.js';
import { InboxStream } from './notices.push.js';
import { NoticesRepository } from './notices.repository.js';
import { Notices } from './notices.service.js';

/**
 * Owns: `noticeOutbox`, `notices`, `noticeHeads`. Takes in: what happened, in the transaction in which it did, and, from the sources
 * above (`NoticeSource`), whom it concerns and what each may read of it. Gives out: each member's inbox, and the stream `inbox`.
 */
@NamesSchemas(notice, noticesRoutes)
@Module({
  imports: [RealtimeModule],
  controllers: [NoticesController],
  providers: [
    Notices,
    NoticeRelay,
    NoticeSources,
    NoticeOutboxRepository,
    NoticesRepository,
    InboxService,
    InboxStream,
  ],
  exports: [Notices],
})
export class NoticesModule {}
