import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
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
