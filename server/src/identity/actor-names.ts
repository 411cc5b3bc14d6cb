import { Injectable } from '@nestjs/common';
import { GivesNames, type NamedKind, type NameSource } from '#audit/name-source.port.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { UsersRepository } from './users.repository.js';

/** Names of logins and of the program's API keys, for the log of changes. */
@Injectable()
@GivesNames()
export class ActorNames implements NameSource {
  readonly names = ['user', 'apiKey'] as const;

  constructor(
    private readonly users: UsersRepository,
    private readonly keys: ApiKeysRepository,
  ) {}

  async namesOf(scope: Scope, kind: NamedKind, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = kind === 'user' ? await this.users.findByIds(ids) : await this.keys.list(scope);
    return new Map(found.map(({ _id, name }) => [_id, name]));
  }
}
