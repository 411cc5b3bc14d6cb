import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import * as asOf from '@verbena/shared/platform/as-of.js';
import * as exactText from '@verbena/shared/platform/exact-text.js';
import * as givenTime from '@verbena/shared/platform/given-time.js';
import * as health from '@verbena/shared/platform/health.js';
import * as ids from '@verbena/shared/platform/ids.js';
import * as localizedText from '@verbena/shared/platform/localized-text.js';
import * as mailsRoutes from '@verbena/shared/platform/mails.routes.js';
import * as problem from '@verbena/shared/platform/problem.js';
import * as time from '@verbena/shared/platform/time.js';
import { NamesSchemas } from './serving/component-schemas.js';
import { Clock, MovableClock, SystemClock } from '#platform/clock/clock.js';
import { Config, readConfig } from '#platform/config/config.js';
import { HealthController } from '#platform/health/health.controller.js';
import { HealthService } from '#platform/health/health.service.js';
import { DatabaseHealth, RedisHealth } from '#platform/health/store.health.js';
import { RouteFence } from '#platform/http/route-fence.js';
import { CollectionFence } from '#platform/mongo/collection-fence.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { Redis } from '#platform/redis/redis.js';

/**
 * Owns: configuration, stores, clock, hashes, the HTTP frame, health. Takes in: the environment. Gives out: what every
 * module stands on; it knows no word of the product.
 */
@NamesSchemas(asOf, exactText, givenTime, health, ids, localizedText, mailsRoutes, problem, time)
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController],
  providers: [
    { provide: Config, useFactory: () => readConfig(process.env) },
    {
      provide: Clock,
      useFactory: (config: Config) => (config.isTest ? new MovableClock() : new SystemClock()),
      inject: [Config],
    },
    Mongo,
    Redis,
    HealthService,
    DatabaseHealth,
    RedisHealth,
    RouteFence,
    CollectionFence,
  ],
  exports: [Config, Clock, Mongo, Redis, HealthService, DiscoveryModule],
})
export class PlatformModule {}
