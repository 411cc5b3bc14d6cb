import type { Provider } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type * as z from 'zod/mini';

/** A job as its module declares it in `*.jobs.ts`. It may run twice (a lock can be lost), so its work is repeatable. */
export interface JobSpec<S extends z.ZodMiniType = z.ZodMiniType> {
  /** `<module>.<verb>` */
  readonly name: string;
  readonly payload: S;
  /** When it runs by itself: a cron pattern in UTC, or a period. Its payload is then `scheduledPayload`. */
  readonly schedule?: { readonly cron: string } | { readonly everyMs: number };
  readonly scheduledPayload?: z.input<S>;
  /** How often a failure is tried again; 2 unless said. */
  readonly retries?: number;
}

/** Declares a job as a value that whoever asks for it and whoever does it share. */
export function job<S extends z.ZodMiniType>(spec: JobSpec<S>): JobSpec<S> {
  return spec;
}

/** The jobs of a module, found at boot. */
export class DeclaredJobs {
  constructor(readonly jobs: readonly JobSpec[]) {}
}

/** A provider for the module that declares the jobs. */
export function declareJobs(...jobs: readonly JobSpec[]): Provider {
  return { provide: Symbol('DeclaredJobs'), useValue: new DeclaredJobs(jobs) };
}

/** Does one job, in `*.worker.ts`. What it throws makes the job fail and be tried again. */
export interface JobHandler<S extends z.ZodMiniType = z.ZodMiniType> {
  run(payload: z.output<S>): Promise<void>;
}

/** Marks the provider that does a job; it is found at boot, and each job has exactly one. */
export const DoesJob = DiscoveryService.createDecorator<JobSpec>();
