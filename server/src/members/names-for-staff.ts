import { Injectable } from '@nestjs/common';
import { GivesNames, type NamedKind, type NameSource } from '#audit/name-source.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';

/** What staff call members in the log of changes: by name, or else by alias or card. */
@Injectable()
@GivesNames()
export class NamesForStaff implements NameSource {
  readonly names = ['member'] as const;

  constructor(
    private readonly repository: MembersRepository,
    private readonly members: MembersService,
  ) {}

  async namesOf(scope: Scope, _: NamedKind, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    const called = await this.members.calledOf(scope, ids);
    for (const { _id, name } of await this.repository.listNames(scope, ids)) {
      const shown = name ?? called.get(_id);
      if (shown != null) names.set(_id, shown);
    }
    return names;
  }
}
