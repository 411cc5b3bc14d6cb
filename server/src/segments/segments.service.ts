import { Injectable } from '@nestjs/common';
import type { Audience } from '@verbena/shared/segments/audience.js';
import {
  LIST_MAX,
  type Segment,
  type SegmentChange,
  type SegmentDraft,
  type SegmentMember,
} from '@verbena/shared/segments/segments.routes.js';
import { isDeepStrictEqual } from 'node:util';
import { ulid } from 'ulid';
import type { AuditDraft } from '#audit/audit.service.js';
import { AuditService } from '#audit/audit.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { AudiencesService } from './audiences.service.js';
import { SegmentsRepository } from './segments.repository.js';
import type { SegmentDocument } from './segments.schema.js';

const PAGE_DEFAULT = 50;

/** Segments as staff keep them: conditions under a name, and lists. */
@Injectable()
export class SegmentsService {
  constructor(
    private readonly repository: SegmentsRepository,
    private readonly audiences: AudiencesService,
    private readonly members: MembersService,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  async list(scope: Scope): Promise<Segment[]> {
    return (await this.repository.list(scope)).map(segmentOf);
  }

  /** Refuses `segment.slugTaken`, and `input.invalid` for a condition that names what there is not, with its place. */
  async create(scope: Scope, draft: SegmentDraft, actor: Actor): Promise<Segment> {
    const condition = draft.kind === 'condition' ? draft.condition : null;
    await this.refuseUnfit(scope, condition);
    const nowMs = this.clock.now();
    const { slug, name, kind } = draft;
    const made: SegmentDocument = {
      ...{ _id: ulid(nowMs), program: scope.program, slug, name, kind, condition },
      ...{ size: 0, lastNumber: 0, createdAt: new Date(nowMs), archivedAt: null },
    };
    try {
      await this.mongo.transact(async (session) => {
        await this.repository.insert(made, session);
        await this.record(session, scope, actor, 'segment.created', made, null, segmentOf(made));
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new Refusal('segment.slugTaken', {}, [{ path: ['slug'], code: 'invalid' }]);
    }
    return segmentOf(made);
  }

  /** The same again changes and records nothing. Refuses `segment.notFound`, and a condition like `create`; a list has none. */
  async change(scope: Scope, id: string, change: SegmentChange, actor: Actor): Promise<Segment> {
    await this.refuseUnfit(scope, change.condition ?? null);
    return this.mongo.transact(async (session) => {
      const before = await this.find(scope, id, session);
      if (before.kind === 'list' && change.condition !== undefined)
        throw new Refusal('input.invalid', {}, [{ path: ['condition'], code: 'unknown' }]);
      const { name = before.name, condition = before.condition, archived = before.archivedAt !== null } = change;
      const archivedAt = archived ? (before.archivedAt ?? new Date(this.clock.now())) : null;
      const after = { ...before, name, condition, archivedAt };
      if (isDeepStrictEqual(after, before)) return segmentOf(before);
      await this.repository.change(scope, id, { name, condition, archivedAt }, session);
      await this.record(session, scope, actor, 'segment.changed', before, segmentOf(before), segmentOf(after));
      return segmentOf(after);
    });
  }

  /** A page of a list, whoever was added last first. Refuses `segment.notFound`, `segment.notList`. */
  async listMembers(
    scope: Scope,
    id: string,
    { before, limit = PAGE_DEFAULT }: { readonly before?: number | undefined; readonly limit?: number | undefined },
  ): Promise<{ items: SegmentMember[]; next?: number }> {
    const list = listOf(await this.find(scope, id));
    const found = await this.repository.listMembers(scope, list, before ?? null, limit);
    const ids = await this.members.survivorsOf(
      scope,
      found.map(({ member }) => member),
    );
    const present = found.map((one) => ({ ...one, member: ids.get(one.member) ?? one.member }));
    const called = await this.members.calledOf(
      scope,
      present.map(({ member }) => member),
    );
    const items = present.map(({ member, addedAt }) => ({
      ...{ member, called: called.get(member) ?? null, addedAt: addedAt.toISOString() },
    }));
    const last = found.at(-1)?.number ?? 1;
    return found.length === limit && last > 1 ? { items, next: last } : { items };
  }

  /**
   * Adds all of these members to a list, or none. Refuses `segment.unknownMembers` with the place of each, `segment.full`,
   * `segment.notFound` and `segment.notList`.
   */
  async add(
    scope: Scope,
    id: string,
    refs: readonly string[],
    actor: Actor,
  ): Promise<{ segment: Segment; added: number }> {
    listOf(await this.find(scope, id));
    const known = await this.members.findAll(scope, refs);
    const unknown = refs.flatMap((ref, place) =>
      known.has(ref)
        ? []
        : [{ path: ['members', place], code: 'noMember', params: { id: ref.replace(/^(?:ext|code):/, '') } }],
    );
    if (unknown.length > 0) throw new Refusal('segment.unknownMembers', { count: unknown.length }, unknown);
    const members = [...new Set(known.values())];
    const now = new Date(this.clock.now());
    return this.mongo.transact(async (session) => {
      const before = listOf(await this.find(scope, id, session));
      const { added, list } = await this.repository.add(scope, before, members, now, session);
      if (list.size > LIST_MAX) throw new Refusal('segment.full', { max: LIST_MAX });
      if (added.length > 0)
        await this.record(session, scope, actor, 'segment.membersAdded', list, toldOf(before), toldOf(list, added));
      return { segment: segmentOf(list), added: added.length };
    });
  }

  /** Refuses `member.notFound`, `segment.notInList`, `segment.notFound` and `segment.notList`. */
  async remove(scope: Scope, id: string, ref: string, actor: Actor): Promise<Segment> {
    const { _id: member } = await this.members.find(scope, ref);
    const own = [member, ...(await this.members.endedIn(scope, member))];
    return this.mongo.transact(async (session) => {
      const before = listOf(await this.find(scope, id, session));
      const list = await this.repository.remove(scope, before, own, session);
      if (list === null) throw new Refusal('segment.notInList');
      await this.record(session, scope, actor, 'segment.memberRemoved', list, toldOf(before, [member]), toldOf(list));
      return segmentOf(list);
    });
  }

  /** The segments in use to which a member belongs. Refuses `member.notFound`. */
  async listOf(scope: Scope, ref: string): Promise<Pick<Segment, 'id' | 'slug' | 'name'>[]> {
    const { _id: member } = await this.members.find(scope, ref);
    const { segments } = await this.audiences.subjectOf(scope, member, 'member');
    return (await this.list(scope)).filter(({ slug }) => segments.has(slug));
  }

  private async find(scope: Scope, id: string, session?: Session): Promise<SegmentDocument> {
    const found = await this.repository.find(scope, id, session);
    if (found === null) throw new Refusal('segment.notFound');
    return found;
  }

  private async refuseUnfit(scope: Scope, condition: Audience | null): Promise<void> {
    const problems = condition === null ? [] : await this.audiences.checkCondition(scope, condition, ['condition']);
    if (problems.length > 0) throw new Refusal('input.invalid', {}, problems);
  }

  private record(
    session: Session,
    scope: Scope,
    actor: Actor,
    action: AuditDraft['action'],
    { _id: id }: SegmentDocument,
    before: unknown,
    after: unknown,
  ): Promise<void> {
    return this.audit.record(session, scope, { actor, action, subject: { kind: 'segment', id }, before, after });
  }
}

function listOf(segment: SegmentDocument): SegmentDocument {
  if (segment.kind !== 'list') throw new Refusal('segment.notList');
  return segment;
}

/** A list as the log of changes tells it, with the members who came or went. */
function toldOf({ name, size }: SegmentDocument, members?: readonly string[]) {
  return { name, size, ...(members === undefined ? {} : { members }) };
}

function segmentOf({ _id, slug, name, kind, condition, size, createdAt, archivedAt }: SegmentDocument): Segment {
  return {
    ...{ id: _id, slug, name, kind, condition },
    size: kind === 'list' ? size : null,
    createdAt: createdAt.toISOString(),
    archivedAt: archivedAt?.toISOString() ?? null,
  };
}
