import { Injectable } from '@nestjs/common';
import { type KeySender, type ProgramDirectory, ProvidesPrograms } from '#identity/program-directory.port.js';
import type { Tenant } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { BrandsService } from './brands.service.js';
import { ProgramsService } from './programs.service.js';
import { homeOf } from './sandbox.js';

/** What identity asks of programs: whose path this is, and which types a key may be given. */
@Injectable()
@ProvidesPrograms()
export class ProgramsDirectory implements ProgramDirectory {
  constructor(
    private readonly programs: ProgramsService,
    private readonly brands: BrandsService,
  ) {}

  async find(ref: string): Promise<Tenant | null> {
    const program = await this.programs.find(ref);
    if (program === null) return null;
    const { _id: id, slug, name, language, zone } = program;
    const home = homeOf(id);
    return { id, slug, name, language, zone, ...(home === id ? {} : { sandboxOf: home }) };
  }

  async findOnly(): Promise<Tenant | null> {
    const slug = await this.programs.onlySlug();
    return slug === null ? null : this.find(slug);
  }

  async keyActivityTypes(scope: Scope): Promise<ReadonlySet<string>> {
    const types = await this.programs.activityTypes(scope);
    return new Set(types.filter((type) => type.from !== 'program').map((type) => type.id));
  }

  async keySenders(scope: Scope): Promise<ReadonlyMap<string, KeySender>> {
    return this.brands.senders(scope);
  }

  async openSandbox(scope: Scope): Promise<void> {
    await this.programs.openSandbox(scope);
  }
}
