import { Injectable } from '@nestjs/common';
import { GivesNames, type NamedKind, type NameSource } from '#audit/name-source.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MembersService } from './members.service.js';

/** What staff call members in the log of changes. */
@Injectable()
@GivesNames()
export class NamesForStaff implements NameSource {
  readonly names = ['member'] as const;

  constructor(private readonly members: MembersService) {}

  async namesOf(scope: Scope, _: NamedKind, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const called = await this.members.calledOf(scope, ids);
    return new Map([...called].flatMap(([id, name]) => (name === null ? [] : [[id, name] as const])));
  }
}
