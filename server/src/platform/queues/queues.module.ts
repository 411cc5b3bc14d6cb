import { Global, Module } from '@nestjs/common';
import { heartbeat, HeartbeatWorker } from './heartbeat.js';
import { declareJobs } from './job.js';
import { JobRegistry } from './job-registry.js';
import { QueuesHealth } from './queues.health.js';
import { QueuesService } from './queues.service.js';

/**
 * Owns: the queues of jobs. Takes in: jobs that modules declare (`declareJobs`) and the providers that do them (`@DoesJob`).
 * Gives out: jobs done at least once, at their time or when handed in, and the health of it.
 */
@Global()
@Module({
  providers: [declareJobs(heartbeat), JobRegistry, HeartbeatWorker, QueuesService, QueuesHealth],
  exports: [QueuesService],
})
export class QueuesModule {}
