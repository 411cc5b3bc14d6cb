import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import { Ulid } from '@verbena/shared/platform/ids.js';
import * as z from 'zod/mini';
import { ulid } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import { shardOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MembersRepository } from './members.repository.js';
import type { ExternalIdDocument, MemberDocument } from './members.schema.js';

/** What a new member takes over from its program. */
export interface EnrolmentDefaults {
  readonly language: Language;
  readonly zone: string;
}

const CACHE_MAX = 100_000;

/** Enrolments: who a member is. It knows no points. */
@Injectable()
export class MembersService {
  /** External ids that were resolved; an id never changes its member in this version, so nothing grows stale. */
  private readonly resolved = new Map<string, string>();

  constructor(
    private readonly repository: MembersRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Members by the brand's own ids, made with their first appearance (A1). The answer holds every id that was asked for.
   * Two nodes that see an id at once agree on one member.
   */
  async resolveExternalIds(
    scope: Scope,
    brand: string | null,
    externalIds: readonly string[],
    defaults: EnrolmentDefaults,
  ): Promise<ReadonlyMap<string, string>> {
    const members = new Map<string, string>();
    const wanted = new Map<string, ExternalIdDocument>();
    for (const externalId of externalIds) {
      const hash = hashExternalId(scope, brand, externalId);
      const member = this.resolved.get(hash);
      if (member !== undefined) members.set(externalId, member);
      else wanted.set(hash, { _id: hash, program: scope.program, brand, externalId, member: ulid(this.clock.now()) });
    }
    if (wanted.size === 0) return members;
    const claimed = await this.repository.claimExternalIds(scope, [...wanted.values()]);
    await this.repository.ensure(claimed.map((one) => this.newMember(scope, one.member, defaults)));
    if (this.resolved.size + claimed.length > CACHE_MAX) this.resolved.clear();
    for (const one of claimed) {
      this.resolved.set(one._id, one.member);
      members.set(one.externalId, one.member);
    }
    return members;
  }

  /** The member that a route names by an id or `ext:<externalId>`; refuses with `member.notFound`. */
  async find(scope: Scope, ref: string, brand: string | null = null): Promise<MemberDocument> {
    const id = ref.startsWith('ext:') ? await this.idOfExternalId(scope, brand, ref.slice('ext:'.length)) : ref;
    const isUlid = id !== null && z.safeParse(Ulid, id).success;
    const member = isUlid ? await this.repository.findById(scope, id) : null;
    if (member === null) throw new Refusal('member.notFound');
    return member;
  }

  /** Those of these ids that are members of the program. */
  async existing(scope: Scope, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return ids.length === 0 ? new Set() : this.repository.existing(scope, ids);
  }

  /** The alias of each of these members, null for those who chose none. */
  async aliasesOf(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    if (members.length === 0) return new Map();
    return new Map((await this.repository.listAliases(scope, members)).map(({ _id, alias }) => [_id, alias]));
  }

  /** The member's external ids, for whoever may see them. */
  async externalIdsOf(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    const byMember = new Map<string, string[]>();
    for (const one of await this.repository.listExternalIds(scope, members)) {
      byMember.set(one.member, [...(byMember.get(one.member) ?? []), one.externalId]);
    }
    return byMember;
  }

  async list(scope: Scope, after: string | null, limit: number): Promise<MemberDocument[]> {
    return this.repository.list(scope, after, limit);
  }

  /** Gives a member its login and what it shows of itself. */
  async update(
    scope: Scope,
    member: string,
    change: { user?: string; name?: string; alias?: string; language?: Language },
  ): Promise<void> {
    if (!(await this.repository.update(scope, member, change))) throw new Refusal('member.notFound');
  }

  private async idOfExternalId(scope: Scope, brand: string | null, externalId: string): Promise<string | null> {
    const found = await this.repository.findExternalId(scope, hashExternalId(scope, brand, externalId));
    return found?.member ?? null;
  }

  private newMember(scope: Scope, id: string, defaults: EnrolmentDefaults): MemberDocument {
    return {
      _id: id,
      program: scope.program,
      shard: shardOf(scope.program, id),
      user: null,
      name: null,
      alias: null,
      language: defaults.language,
      zone: defaults.zone,
      joinedAt: new Date(this.clock.now()),
    };
  }
}

function hashExternalId(scope: Scope, brand: string | null, externalId: string): string {
  return createHash('sha256')
    .update(`${scope.program}\u0000${brand ?? ''}\u0000${externalId}`, 'utf8')
    .digest('base64url');
}
