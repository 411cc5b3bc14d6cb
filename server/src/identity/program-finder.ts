import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { SANDBOX, Slug, Ulid } from '@verbena/shared/platform/ids.js';
import * as z from 'zod/mini';
import type { Tenant } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { type KeySender, type ProgramDirectory, ProvidesPrograms } from './program-directory.port.js';

const ProgramRef = z.union([Ulid, Slug]);

/** Finds the one provider of programs at boot, and asks it. */
@Injectable()
export class ProgramFinder implements OnApplicationBootstrap {
  private directory: ProgramDirectory | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    const providers = this.discovery.getProviders({ metadataKey: ProvidesPrograms.KEY });
    if (providers.length !== 1)
      throw new Error(
        `The programs must be provided by exactly one class with @ProvidesPrograms(), not by ${providers.length}.`,
      );
    this.directory = providers[0]?.instance as ProgramDirectory;
  }

  /** A program by slug or id; what is neither is answered without asking. */
  async find(ref: string): Promise<Tenant | null> {
    return z.safeParse(ProgramRef, ref.endsWith(SANDBOX) ? ref.slice(0, -SANDBOX.length) : ref).success
      ? this.provider.find(ref)
      : null;
  }

  async findOnly(): Promise<Tenant | null> {
    return this.provider.findOnly();
  }

  async keyActivityTypes(scope: Scope): Promise<ReadonlySet<string>> {
    return this.provider.keyActivityTypes(scope);
  }

  async keySenders(scope: Scope): Promise<ReadonlyMap<string, KeySender>> {
    return this.provider.keySenders(scope);
  }

  async openSandbox(scope: Scope): Promise<void> {
    await this.provider.openSandbox(scope);
  }

  private get provider(): ProgramDirectory {
    if (this.directory === undefined) throw new Error('Programs are known after boot only.');
    return this.directory;
  }
}
