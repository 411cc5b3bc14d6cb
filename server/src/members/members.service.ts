import { createHash, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import { MEMBER_CODES, MemberCode, memberCodeOf } from '@verbena/shared/members/member-code.js';
import { composed } from '@verbena/shared/platform/exact-text.js';
import { Ulid } from '@verbena/shared/platform/ids.js';
import type { EnrolmentPolicy } from '@verbena/shared/programs/programs.routes.js';
import * as z from 'zod/mini';
import { ulid } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import { shardOf } from '#platform/crypto/hash.js';
import { problemsOf } from '#platform/errors/problems-of-issues.js';
import { Refusal } from '#platform/errors/refusal.js';
import { isDuplicateKey } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { newInviteCode } from './invite-code.js';
import { MembersRepository } from './members.repository.js';
import { type ExternalIdDocument, type MemberDocument, UNSAID } from './members.schema.js';

export type { MemberDocument } from './members.schema.js';

/** What a new member takes over from its program. */
export interface EnrolmentDefaults {
  readonly language: Language;
  readonly zone: string;
  /** How people become members there; `automatic` unless said. */
  readonly enrolment?: EnrolmentPolicy;
}

/** Under which alias somebody signs, as whom, and what it shows beside it. Null: it chose none, or has left. */
export interface Signature extends Pick<MemberDocument, 'alias' | 'shows' | 'chosenBadges'> {
  readonly member: string;
}

const CACHE_MAX = 100_000;
const CODE_TRIES = 10;
/** So long a node believes what it read of a card: one that staff take away is no longer that member's within this time. */
const CARDS_MS = 5_000;

/** Enrolments: who a member is. It knows no points. */
@Injectable()
export class MembersService {
  /** External ids that were resolved; where a member was joined to another since, the ledger goes on from the one to the other. */
  private readonly resolved = new Map<string, string>();
  private resolvedUntilMs = 0;
  /** Members who joined once: whoever did is never again somebody who has not. */
  private readonly joined = new Set<string>();

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
    this.forgetOld();
    const apart = externalIds.filter((externalId) => formsOf(externalId).length > 1);
    const members = new Map(apart.length === 0 ? [] : await this.findExternalIds(scope, brand, apart));
    const wanted = new Map<string, ExternalIdDocument>();
    for (const externalId of externalIds) {
      if (members.has(externalId)) continue;
      const hash = hashExternalId(scope, brand, externalId);
      const member = this.resolved.get(hash);
      if (member !== undefined) members.set(externalId, member);
      else wanted.set(hash, { _id: hash, program: scope.program, brand, externalId, member: ulid(this.clock.now()) });
    }
    if (wanted.size === 0) return members;
    const claimed = await this.repository.claimExternalIds(scope, [...wanted.values()]);
    await this.repository.ensure(
      scope,
      claimed.map((one) => this.newMember(scope, one.member, defaults)),
    );
    this.remember(scope, claimed, members);
    return members;
  }

  /** The same without making any: ids that nobody knows are missing from the answer. */
  async findExternalIds(
    scope: Scope,
    brand: string | null,
    externalIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    this.forgetOld();
    const members = new Map<string, string>();
    const unknown: string[] = [];
    for (const externalId of externalIds) {
      const hash = hashExternalId(scope, brand, externalId);
      const member = this.resolved.get(hash);
      if (member === undefined) unknown.push(...formsOf(externalId).map((form) => hashExternalId(scope, brand, form)));
      else members.set(externalId, member);
    }
    if (unknown.length > 0) this.remember(scope, await this.repository.findExternalIds(scope, unknown), members);
    return members;
  }

  /**
   * The member that a route names by an id, `ext:<externalId>` (`MemberRefParam` says in whose namespace) or `code:<member code>`, and
   * where it was joined to another one, that; refuses with `member.notFound`, and a code that cannot be one with `input.invalid`.
   */
  async find(scope: Scope, ref: string): Promise<MemberDocument> {
    return this.survivorOf(scope, await this.findNamed(scope, ref));
  }

  /** The member that was named, also where it was joined to another one since: names of its pockets are its own. */
  async findNamed(scope: Scope, ref: string): Promise<MemberDocument> {
    const id = await this.idOf(scope, ref);
    const isUlid = id !== null && z.safeParse(Ulid, id).success;
    const member = isUlid ? await this.repository.findById(scope, id) : null;
    if (member === null) throw new Refusal('member.notFound');
    return member;
  }

  /**
   * Whose journal is meant where an entry is named by its number: an id means its own for ever, also of a member that was joined to
   * another one since; an external id or a member code means where that is now.
   */
  async findJournal(scope: Scope, ref: string): Promise<MemberDocument> {
    return /^(?:ext|code):/.test(ref) ? this.find(scope, ref) : this.findNamed(scope, ref);
  }

  /**
   * The members whom routes would name so (`MemberRef`; `me` is nobody here), by that: where they were joined to others, these. Whoever
   * is unknown is missing.
   */
  async findAll(scope: Scope, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const externalIds = refs.flatMap((ref) => (ref.startsWith('ext:') ? [ref.slice('ext:'.length)] : []));
    const codes = new Map(
      refs.flatMap((ref) => {
        const code = ref.startsWith('code:') ? z.safeParse(MemberCode, ref.slice('code:'.length)) : null;
        return code?.success === true ? [[ref, code.data] as const] : [];
      }),
    );
    const byExternalId = await this.findExternalIds(scope, null, externalIds);
    const byCode = await this.repository.findByCodes(scope, [...codes.values()]);
    const named = refs.map((ref): readonly [string, string | undefined] => {
      if (ref.startsWith('ext:')) return [ref, byExternalId.get(ref.slice('ext:'.length))];
      return [ref, ref.startsWith('code:') ? byCode.get(codes.get(ref) ?? '') : ref];
    });
    const survivors = await this.survivorsOf(
      scope,
      named.flatMap(([, id]) => id ?? []),
    );
    return new Map(
      named.flatMap(([ref, id]) => {
        const member = survivors.get(id ?? '');
        return member === undefined ? [] : [[ref, member]];
      }),
    );
  }

  /** For each of these ids that is a member's, the member: where it was joined to another one, that. */
  async survivorsOf(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const found = await this.repository.listClosedInto(scope, [...new Set(ids)]);
    const next = await this.survivorsOf(
      scope,
      [...found.values()].flatMap((into) => into ?? []),
    );
    return new Map([...found].map(([id, into]) => [id, into === null ? id : (next.get(into) ?? into)]));
  }

  private async idOf(scope: Scope, ref: string): Promise<string | null> {
    if (ref.startsWith('ext:')) return this.idOfExternalId(scope, ref.slice('ext:'.length));
    if (!ref.startsWith('code:')) return ref;
    const code = z.safeParse(MemberCode, ref.slice('code:'.length));
    if (!code.success) throw new Refusal('input.invalid', {}, problemsOf(code.error.issues, ['member']));
    return (await this.repository.findByCodes(scope, [code.data])).get(code.data) ?? null;
  }

  private async survivorOf(scope: Scope, member: MemberDocument): Promise<MemberDocument> {
    let present = member;
    while (present.closedInto !== null) {
      const next = await this.repository.findById(scope, present.closedInto);
      if (next === null) throw new Refusal('member.notFound');
      present = next;
    }
    return present;
  }

  /** Those of these ids that are members of the program. */
  async existing(scope: Scope, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return ids.length === 0 ? new Set() : new Set((await this.repository.existing(scope, ids)).keys());
  }

  /** Of these members those who have not left. */
  async present(scope: Scope, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const enrolments = await this.repository.existing(scope, ids);
    return ids.filter((id) => (enrolments.get(id) ?? 'left') !== 'left');
  }

  /** Of these members those who are enrolled, or were before they left: the others only a brand or staff know. */
  async everEnrolled(scope: Scope, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const unknown = ids.filter((id) => !this.joined.has(id));
    if (unknown.length > 0) {
      if (this.joined.size + unknown.length > CACHE_MAX) this.joined.clear();
      for (const [id, enrolment] of await this.repository.existing(scope, unknown))
        if (enrolment !== 'pending') this.joined.add(id);
    }
    return new Set(ids.filter((id) => this.joined.has(id)));
  }

  /** What others see of these members: the alias, null for those who chose none, and what else each shows (A3). */
  async facesOf(
    scope: Scope,
    members: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<MemberDocument, 'alias' | 'shows'>>> {
    if (members.length === 0) return new Map();
    return new Map((await this.repository.listFaces(scope, members)).map(({ _id, ...face }) => [_id, face]));
  }

  /** Under which alias the others see each of these members; null for those who chose none, have left, or stand on no board. */
  async shownAliases(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const shown = members.length === 0 ? new Map() : await this.repository.listShownAliases(scope, members);
    return new Map(members.map((member) => [member, shown.get(member) ?? null]));
  }

  /** How these members sign what they write: an account that was joined to another signs as that one. */
  async signaturesOf(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, Signature>> {
    if (members.length === 0) return new Map();
    const found = await this.repository.listSignatures(scope, [...new Set(members)]);
    const joined = found.flatMap(({ closedInto }) => (closedInto === null ? [] : [closedInto]));
    const survivors = await this.signaturesOf(scope, joined);
    return new Map(
      found.map(({ _id, closedInto, ...signed }) => {
        return [_id, (closedInto === null ? undefined : survivors.get(closedInto)) ?? { member: _id, ...signed }];
      }),
    );
  }

  /** The member's external ids, for whoever may see them; one that it has in several numberings once. */
  async externalIdsOf(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    const byMember = new Map<string, string[]>();
    for (const { member, externalId } of await this.repository.listExternalIds(scope, members))
      byMember.set(member, [...new Set(byMember.get(member)).add(externalId)]);
    return byMember;
  }

  /** The accounts that were joined to a member, and those joined to them before. */
  async endedIn(scope: Scope, member: string): Promise<string[]> {
    const ended = await this.repository.listEndedIn(scope, member);
    const before = await Promise.all(ended.map((one) => this.endedIn(scope, one)));
    return [...ended, ...before.flat()];
  }

  /** How the staff know these members: by name, or else by alias or external id; null where there is none. */
  async calledOf(scope: Scope, members: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const [named, externalIds] = await Promise.all([
      this.repository.listNames(scope, members),
      this.externalIdsOf(scope, members),
    ]);
    const names = new Map(named.map(({ _id, name, alias }) => [_id, name ?? alias]));
    return new Map(members.map((id) => [id, names.get(id) ?? externalIds.get(id)?.[0] ?? null]));
  }

  async list(scope: Scope, after: string | null, limit: number): Promise<MemberDocument[]> {
    return this.repository.list(scope, after, limit);
  }

  /** The ids of everybody, page by page; also of those who were joined to others. */
  walkIds(scope: Scope, size: number): AsyncGenerator<string[]> {
    return this.repository.walkIds(scope, size);
  }

  /** Whoever has this alias, however its letters were written; null for nobody. */
  async findByAlias(scope: Scope, alias: string): Promise<MemberDocument | null> {
    return this.repository.findByAlias(scope, alias);
  }

  /** Members who have not left and whose alias begins so, however its letters are written; in the order of aliases as they are compared. */
  async listByAlias(
    scope: Scope,
    beginning: string,
    limit: number,
  ): Promise<{ readonly member: string; readonly alias: string }[]> {
    const found = await this.repository.listByAlias(scope, beginning, limit);
    return found.flatMap(({ _id, alias, enrolment }) =>
      alias === null || enrolment === 'left' ? [] : [{ member: _id, alias }],
    );
  }

  /** Who invites with a code: a member who has not left; null where nobody does. */
  async findByInviteCode(scope: Scope, code: string): Promise<MemberDocument | null> {
    const found = await this.repository.findByInviteCode(scope, code.toUpperCase());
    const member = found === null ? null : await this.survivorOf(scope, found);
    return member === null || member.enrolment === 'left' ? null : member;
  }

  /** Those whom a member invited, the latest first. */
  async listInvited(scope: Scope, advocate: string, limit: number): Promise<MemberDocument[]> {
    return this.repository.listInvited(scope, advocate, limit);
  }

  /** A member's own code in links, made when it is first asked for. */
  async inviteCodeOf(scope: Scope, { _id, inviteCode }: MemberDocument): Promise<string> {
    return inviteCode ?? (await this.makeCode(scope, _id, 'inviteCode', newInviteCode));
  }

  /** What a member shows at a till, made when it is first asked for. */
  async memberCodeOf(scope: Scope, { _id, memberCode }: MemberDocument): Promise<string> {
    return memberCode ?? (await this.makeCode(scope, _id, 'memberCode', () => memberCodeOf(randomInt(MEMBER_CODES))));
  }

  private async makeCode(
    scope: Scope,
    id: string,
    field: 'inviteCode' | 'memberCode',
    draw: () => string,
  ): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const code = await this.repository.ensureCode(scope, id, field, draw());
        if (code === null) throw new Refusal('member.notFound');
        return code;
      } catch (error) {
        // This one was another's; of so many the next will not be.
        if (!isDuplicateKey(error) || attempt === CODE_TRIES) throw error;
      }
    }
  }

  /** A member that nobody has said anything of. */
  newMember(scope: Scope, id: string, { language, zone, enrolment = 'automatic' }: EnrolmentDefaults): MemberDocument {
    return {
      ...UNSAID,
      _id: id,
      program: scope.program,
      shard: shardOf(scope.program, id),
      user: null,
      name: null,
      alias: null,
      language,
      zone,
      joinedAt: new Date(this.clock.now()),
      enrolment: enrolment === 'automatic' ? 'enrolled' : 'pending',
    };
  }

  /** Whose cards are is read anew by this node from now on. */
  forgetCards(): void {
    this.resolved.clear();
  }

  private forgetOld(): void {
    const nowMs = this.clock.elapsed();
    if (nowMs < this.resolvedUntilMs) return;
    this.resolved.clear();
    this.resolvedUntilMs = nowMs + CARDS_MS;
  }

  private remember(scope: Scope, found: readonly ExternalIdDocument[], members: Map<string, string>): void {
    if (this.resolved.size + found.length > CACHE_MAX) this.resolved.clear();
    const isApart = ({ externalId }: ExternalIdDocument): number => (composed(externalId) === externalId ? 0 : 1);
    // Where an id of before was two members' in its two forms, the composed one says who it is.
    for (const { brand, externalId, member } of found.toSorted((one, other) => isApart(other) - isApart(one))) {
      this.resolved.set(hashExternalId(scope, brand, composed(externalId)), member);
      members.set(composed(externalId), member);
    }
  }

  /** How an external id stands, in the one form or the other; null where it is nobody's. Never from memory. */
  async findCard(scope: Scope, brand: string | null, externalId: string): Promise<ExternalIdDocument | null> {
    for (const form of formsOf(externalId)) {
      const found = await this.repository.findExternalId(scope, hashExternalId(scope, brand, form));
      if (found !== null) return found;
    }
    return null;
  }

  /** How an external id of this member stands in each numbering, the program's and those of brands; never from memory. */
  async findOwnCards(scope: Scope, member: string, externalId: string): Promise<ExternalIdDocument[]> {
    const forms = formsOf(externalId);
    return (await this.repository.listExternalIds(scope, [member])).filter((one) => forms.includes(one.externalId));
  }

  private async idOfExternalId(scope: Scope, named: string): Promise<string | null> {
    const [externalId = '', brand = null] = named.split('\u0000').reverse();
    const found = await this.findCard(scope, brand, externalId);
    return found === null ? null : (found.was ?? found.member);
  }
}

/** A composed id, and as it may stand from before ids were composed: with its accents apart. Most have no accent, and one form. */
function formsOf(externalId: string): readonly string[] {
  const apart = externalId.normalize('NFD');
  return apart === externalId ? [externalId] : [externalId, apart];
}

export function hashExternalId(scope: Scope, brand: string | null, externalId: string): string {
  return createHash('sha256')
    .update(`${scope.program}\u0000${brand ?? ''}\u0000${externalId}`, 'utf8')
    .digest('base64url');
}
