import { type DynamicModule, Module } from '@nestjs/common';
import { ActivitiesModule } from '#activities/activities.module.js';
import { AuditModule } from '#audit/audit.module.js';
import { BacktestsModule } from '#backtests/backtests.module.js';
import { UndoModule } from '#undo/undo.module.js';
import { BadgesModule } from '#badges/badges.module.js';
import { CopiesModule } from '#copies/copies.module.js';
import { CurrenciesModule } from '#currencies/currencies.module.js';
import { ForumsModule } from '#forums/forums.module.js';
import { IdentityModule } from '#identity/identity.module.js';
import { LeaderboardsModule } from '#leaderboards/leaderboards.module.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { MergingModule } from '#merging/merging.module.js';
import { NoticesModule } from '#notices/notices.module.js';
import { MissionsModule } from '#missions/missions.module.js';
import { SegmentsModule } from '#segments/segments.module.js';
import { TestClockModule } from '#platform/clock/test-clock.module.js';
import type { Config } from '#platform/config/config.js';
import { DrainModule } from '#platform/http/drain.module.js';
import { MailModule } from '#platform/mail/mail.module.js';
import { OutboxModule } from '#platform/outbox/outbox.module.js';
import { PlatformModule } from '#platform/platform.module.js';
import { QueuesModule } from '#platform/queues/queues.module.js';
import { PointsModule } from '#points/points.module.js';
import { ProfilesModule } from '#profiles/profiles.module.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { RealtimeModule } from '#realtime/realtime.module.js';
import { ReferralsModule } from '#referrals/referrals.module.js';
import { RulesModule } from '#rules/rules.module.js';
import { TiersModule } from '#tiers/tiers.module.js';

/** Every module of the server, lowest first, as in `modules.js`. */
const MODULES = [
  PlatformModule,
  QueuesModule,
  MailModule,
  OutboxModule,
  AuditModule,
  RealtimeModule,
  IdentityModule,
  ProgramsModule,
  MembersModule,
  NoticesModule,
  LedgerModule,
  ActivitiesModule,
  PointsModule,
  MergingModule,
  CurrenciesModule,
  RulesModule,
  MissionsModule,
  BadgesModule,
  TiersModule,
  LeaderboardsModule,
  ReferralsModule,
  SegmentsModule,
  ProfilesModule,
  ForumsModule,
  CopiesModule,
  BacktestsModule,
  UndoModule,
] as const;

@Module({})
export class AppModule {
  /** The server for a configuration; the test clock exists only where the configuration asks for it. */
  static withConfig(this: void, config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [...MODULES, ...(config.isTest ? [TestClockModule] : []), DrainModule],
    };
  }
}
