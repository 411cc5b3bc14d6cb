import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@verbena/shared/audit/audit-actions.js';
import { compareDefinitions } from '@verbena/shared/programs/compare-definitions.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { sameWordsOf } from '@verbena/shared/programs/same-words.js';
import { duplicateIds } from '@verbena/shared/programs/duplicate-ids.js';
import {
  type Draft,
  type DraftPreview,
  DRAFTS_MAX,
  type MergeConflict,
  type Publication,
  type Published,
} from '@verbena/shared/programs/versions.routes.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { DraftsRepository } from './drafts.repository.js';
import { mergeDefinitions } from './merge-definitions.js';
import type { DraftDocument } from './programs.schema.js';
import { ProgramsService } from './programs.service.js';
import { VersionsService } from './versions.service.js';

export interface DraftEdit {
  readonly edit: number;
  readonly name?: string | undefined;
  readonly definitions?: Definitions | undefined;
}

/** Drafts of a program: named sets of definitions that nobody is decided by until one is published. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly drafts: DraftsRepository,
    private readonly programs: ProgramsService,
    private readonly versions: VersionsService,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  async list(scope: Scope): Promise<Draft[]> {
    return (await this.drafts.list(scope)).map(draftOf);
  }

  async get(scope: Scope, id: string): Promise<DraftPreview> {
    return this.preview(scope, await this.find(scope, id));
  }

  /** The definitions of a draft, for what tries them. Refuses `draft.notFound`. */
  async definitionsOf(scope: Scope, id: string): Promise<{ edit: number; definitions: Definitions }> {
    return this.find(scope, id);
  }

  /** Begins a draft, from an older version where one is named. Refuses `draft.nameTaken`, `draft.tooMany`, `version.notFound`. */
  async create(scope: Scope, name: string, version: number | null, actor: Actor): Promise<DraftPreview> {
    if ((await this.drafts.count(scope)) >= DRAFTS_MAX) throw new Refusal('draft.tooMany');
    const newest = await this.versions.newest(scope);
    const definitions = version === null ? newest.definitions : (await this.versions.get(scope, version)).definitions;
    const now = new Date(this.clock.now());
    const draft: DraftDocument = {
      _id: ulid(now.getTime()),
      program: scope.program,
      name,
      // Also of an older set: what it changes is told against what is there now.
      basedOn: newest.version,
      edit: 1,
      definitions,
      createdAt: now,
      changedAt: now,
      changedBy: actor,
      review: { state: 'none' },
    };
    await this.write(async (session) => {
      await this.drafts.create(draft, session);
      await this.record(session, scope, actor, 'draft.created', draft, null, shownOf(draft));
    });
    return this.preview(scope, draft);
  }

  /** Changes a draft at the edit that the caller has seen. Refuses `draft.changed`, `draft.nameTaken`, and an id given twice. */
  async change(scope: Scope, id: string, { edit, name, definitions }: DraftEdit, actor: Actor): Promise<DraftPreview> {
    const before = await this.find(scope, id);
    const twice = definitions === undefined ? [] : duplicateIds(definitions, before.definitions);
    if (twice.length > 0)
      throw new Refusal(
        'input.invalid',
        {},
        twice.map((problem) => ({ ...problem, path: ['definitions', ...problem.path] })),
      );
    const after = this.edited(before, actor, {
      name: name ?? before.name,
      definitions: definitions ?? before.definitions,
    });
    await this.replace(scope, before, after, edit, actor, 'draft.changed');
    return this.preview(scope, after);
  }

  async delete(scope: Scope, id: string, actor: Actor): Promise<void> {
    const draft = await this.find(scope, id);
    await this.mongo.transact(async (session) => {
      if (!(await this.drafts.delete(scope, id, null, session))) throw new Refusal('draft.notFound');
      await this.record(session, scope, actor, 'draft.deleted', draft, shownOf(draft), null);
    });
  }

  /** Brings a draft onto the newest version; answers what both sides had changed. Refuses `draft.changed`. */
  async rebase(
    scope: Scope,
    id: string,
    edit: number,
    actor: Actor,
  ): Promise<{ draft: DraftPreview; conflicts: MergeConflict[] }> {
    const before = await this.find(scope, id);
    const newest = await this.versions.newest(scope);
    const base = (await this.versions.get(scope, before.basedOn)).definitions;
    const { definitions, conflicts } = mergeDefinitions(base, before.definitions, newest.definitions);
    const after = this.edited(before, actor, { definitions, basedOn: newest.version });
    await this.replace(scope, before, after, edit, actor, 'draft.rebased');
    return { draft: await this.preview(scope, after), conflicts: [...conflicts] };
  }

  /** Asks for approval, gives it, or asks for changes (K5). Refuses `draft.changed`, `draft.ownApproval`. */
  async review(
    scope: Scope,
    id: string,
    edit: number,
    decision: 'request' | 'approve' | 'askChanges',
    note: string | null,
    actor: Actor,
  ): Promise<DraftPreview> {
    const before = await this.find(scope, id);
    if (decision === 'approve' && isSameActor(actor, before.changedBy)) throw new Refusal('draft.ownApproval');
    const state = ({ request: 'requested', approve: 'approved', askChanges: 'changesAsked' } as const)[decision];
    const after: DraftDocument = {
      ...before,
      edit: before.edit + 1,
      review: {
        state,
        by: actor,
        at: new Date(this.clock.now()),
        ...(note === null || note === '' ? {} : { note }),
      },
    };
    await this.replace(scope, before, after, edit, actor, 'draft.reviewed');
    return this.preview(scope, after);
  }

  /** Publishes a draft and deletes it, in one transaction. Refuses what `VersionsService.publish` does, and `draft.notApproved`. */
  async publish(scope: Scope, id: string, edit: number, publication: Publication, actor: Actor): Promise<Published> {
    const draft = await this.find(scope, id);
    if (draft.edit !== edit) throw new Refusal('draft.changed');
    const program = await this.programs.get(scope);
    if (program.approval === true && draft.review.state !== 'approved') throw new Refusal('draft.notApproved');
    return this.versions.publish(
      scope,
      {
        ...publication,
        name: draft.name,
        definitions: draft.definitions,
        basedOn: draft.basedOn,
        alongside: async (session) => {
          if (!(await this.drafts.delete(scope, id, edit, session))) throw new Refusal('draft.changed');
        },
      },
      actor,
    );
  }

  private async find(scope: Scope, id: string): Promise<DraftDocument> {
    const found = await this.drafts.find(scope, id);
    if (found === null) throw new Refusal('draft.notFound');
    return found;
  }

  private edited(
    before: DraftDocument,
    actor: Actor,
    change: Partial<Pick<DraftDocument, 'name' | 'definitions' | 'basedOn'>>,
  ): DraftDocument {
    return {
      ...before,
      ...change,
      edit: before.edit + 1,
      changedAt: new Date(this.clock.now()),
      changedBy: actor,
      // Whoever approved has approved what it was.
      review: { state: 'none' },
    };
  }

  private async replace(
    scope: Scope,
    before: DraftDocument,
    after: DraftDocument,
    edit: number,
    actor: Actor,
    action: AuditAction,
  ): Promise<void> {
    if (before.edit !== edit) throw new Refusal('draft.changed');
    await this.write(async (session) => {
      if (!(await this.drafts.replace(after, session))) throw new Refusal('draft.changed');
      await this.record(session, scope, actor, action, after, shownOf(before), shownOf(after));
    });
  }

  private async write(work: (session: Session) => Promise<void>): Promise<void> {
    try {
      await this.mongo.transact(work);
    } catch (error) {
      if (isDuplicateKey(error))
        throw new Refusal('draft.nameTaken', {}, [{ path: ['name'], code: 'draft.nameTaken' }]);
      throw error;
    }
  }

  private record(
    session: Session,
    scope: Scope,
    actor: Actor,
    action: AuditAction,
    { _id: id }: DraftDocument,
    before: unknown,
    after: unknown,
  ): Promise<void> {
    return this.audit.record(session, scope, { actor, action, subject: { kind: 'draft', id }, before, after });
  }

  private async preview(scope: Scope, draft: DraftDocument): Promise<DraftPreview> {
    const newest = await this.versions.newest(scope);
    const base = (await this.versions.get(scope, draft.basedOn)).definitions;
    const changes = compareDefinitions(base, draft.definitions);
    return {
      ...draftOf(draft),
      definitions: draft.definitions,
      problems: this.programs.problemsOf(draft.definitions),
      changes,
      sameWords: [...sameWordsOf(base, draft.definitions, changes)],
      plan: await this.versions.plan(scope, draft.definitions),
      isBehind: newest.version !== draft.basedOn,
      newestVersion: newest.version,
    };
  }
}

/** What the audit log keeps of a draft: its definitions are told when they are published. */
function shownOf({ name, basedOn, edit, review }: DraftDocument) {
  return { name, basedOn, edit, review: review.state, ...(review.note === undefined ? {} : { note: review.note }) };
}

function draftOf(draft: Omit<DraftDocument, 'definitions'>): Draft {
  const { _id: id, name, basedOn, edit, createdAt, changedAt, changedBy, review } = draft;
  return {
    id,
    name,
    basedOn,
    edit,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    changedBy,
    review: {
      state: review.state,
      ...(review.by === undefined ? {} : { by: review.by }),
      ...(review.at === undefined ? {} : { at: review.at.toISOString() }),
      ...(review.note === undefined ? {} : { note: review.note }),
    },
  };
}

function isSameActor(one: Actor, other: Actor): boolean {
  return one.kind === other.kind && one.id === other.id;
}
