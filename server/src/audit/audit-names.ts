import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { AuditEntry } from '@verbena/shared/audit/audit.routes.js';
import type { Scope } from '#platform/mongo/scope.js';
import { GivesNames, type NamedKind, type NameSource } from './name-source.port.js';

/** What those who act are called in the log, as kinds of things. */
const ACTORS: Readonly<Record<AuditEntry['actor']['kind'], NamedKind | null>> = {
  user: 'user',
  key: 'apiKey',
  local: null,
};

/** Names for the log of changes, from the modules that know them: it stores ids alone, so a name is that of today. */
@Injectable()
export class AuditNames implements OnApplicationBootstrap {
  private readonly sources = new Map<string, NameSource>();

  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders({ metadataKey: GivesNames.KEY })) {
      const source = instance as NameSource;
      for (const kind of source.names) {
        if (this.sources.has(kind)) throw new Error(`Two name what is a "${kind}" in the log of changes.`);
        this.sources.set(kind, source);
      }
    }
  }

  /** The entries with the names of who acted and of what it was about, where somebody knows them. */
  async tell(scope: Scope, entries: readonly AuditEntry[]): Promise<AuditEntry[]> {
    const wanted = new Map<string, Set<string>>();
    const want = (kind: string | null, id: string) => {
      if (kind !== null && this.sources.has(kind)) wanted.set(kind, (wanted.get(kind) ?? new Set()).add(id));
    };
    for (const { actor, subject } of entries) {
      want(ACTORS[actor.kind], actor.id);
      want(subject.kind, subject.id);
    }
    const names = new Map<string, string>();
    for (const [kind, ids] of wanted) {
      const found = await this.sources.get(kind)?.namesOf(scope, kind as NamedKind, [...ids]);
      for (const [id, name] of found ?? []) names.set(`${kind} ${id}`, name);
    }
    const named = <T extends { readonly id: string }>(thing: T, kind: string | null): T & { name?: string } => {
      const name = names.get(`${kind} ${thing.id}`);
      return name === undefined ? thing : { ...thing, name };
    };
    return entries.map(({ actor, subject, ...entry }) => ({
      ...entry,
      actor: named(actor, ACTORS[actor.kind]),
      subject: named(subject, subject.kind),
    }));
  }
}
