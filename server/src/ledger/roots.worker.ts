import { Injectable } from '@nestjs/common';
import { DoesJob, type JobHandler } from '#platform/queues/job.js';
import { signRoot } from './ledger.jobs.js';
import { RootsService } from './roots.service.js';

/** Looks whether today has its root; the day's first look makes it, also after days on which nobody looked. */
@Injectable()
@DoesJob(signRoot)
export class SignRootWorker implements JobHandler<typeof signRoot.payload> {
  constructor(private readonly roots: RootsService) {}

  async run(): Promise<void> {
    await this.roots.make();
  }
}
