import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DeclaredJobs, DoesJob, type JobHandler, type JobSpec } from './job.js';

/** Every declared job with the provider that does it. Boot fails where a job has none or two, or a name stands twice. */
@Injectable()
export class JobRegistry implements OnModuleInit {
  private readonly specs = new Map<string, JobSpec>();
  private readonly handlers = new Map<string, JobHandler>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (!(instance instanceof DeclaredJobs)) continue;
      for (const spec of instance.jobs) {
        if (this.specs.has(spec.name)) throw new Error(`The job "${spec.name}" is declared twice.`);
        this.specs.set(spec.name, spec);
      }
    }
    for (const wrapper of this.discovery.getProviders({ metadataKey: DoesJob.KEY })) {
      const spec = this.discovery.getMetadataByDecorator(DoesJob, wrapper);
      if (spec === undefined || this.specs.get(spec.name) !== spec) {
        throw new Error(`${String(wrapper.name)} does the job "${spec?.name}", which no module declares.`);
      }
      if (this.handlers.has(spec.name)) throw new Error(`The job "${spec.name}" has two handlers.`);
      this.handlers.set(spec.name, wrapper.instance as JobHandler);
    }
    for (const name of this.specs.keys()) {
      if (!this.handlers.has(name)) throw new Error(`The job "${name}" has no handler.`);
    }
  }

  get jobs(): Iterable<JobSpec> {
    return this.specs.values();
  }

  find(name: string): { readonly spec: JobSpec; readonly handler: JobHandler } | null {
    const spec = this.specs.get(name);
    const handler = this.handlers.get(name);
    return spec === undefined || handler === undefined ? null : { spec, handler };
  }
}
