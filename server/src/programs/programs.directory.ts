import { Injectable } from '@nestjs/common';
import { type ProgramDirectory, ProvidesPrograms } from '#identity/program-directory.port.js';
import type { Tenant } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from './programs.service.js';

/** What identity asks of programs: whose path this is, and which types a key may be given. */
@Injectable()
@ProvidesPrograms()
export class ProgramsDirectory implements ProgramDirectory {
  constructor(private readonly programs: ProgramsService) {}

  async find(ref: string): Promise<Tenant | null> {
    const program = await this.programs.find(ref);
    if (program === null) return null;
    return { id: program._id, slug: program.slug, name: program.name, language: program.language, zone: program.zone };
  }

  async findOnly(): Promise<Tenant | null> {
    const slug = await this.programs.onlySlug();
    return slug === null ? null : this.find(slug);
  }

  async keyActivityTypes(scope: Scope): Promise<ReadonlySet<string>> {
    const types = await this.programs.activityTypes(scope);
    return new Set(types.filter((type) => type.from !== 'program').map((type) => type.id));
  }
}
