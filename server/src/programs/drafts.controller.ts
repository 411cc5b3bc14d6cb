import { Controller } from '@nestjs/common';
import {
  changeDraft,
  createDraft,
  deleteDraft,
  type Draft,
  type DraftPreview,
  getDraft,
  listDrafts,
  type MergeConflict,
  type Publication,
  publishDraft,
  type Published,
  rebaseDraft,
  reviewDraft,
} from '@verbena/shared/programs/versions.routes.js';
import { Asking, Implements, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { InScope } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { type DraftEdit, DraftsService } from './drafts.service.js';

@Controller()
export class DraftsController {
  constructor(private readonly drafts: DraftsService) {}

  @Implements(listDrafts)
  async list(@InScope() scope: Scope): Promise<{ items: Draft[] }> {
    return { items: await this.drafts.list(scope) };
  }

  @Implements(createDraft)
  async create(
    @InScope() scope: Scope,
    @RouteBody(createDraft) { name, version }: { name: string; version?: number },
    @Asking() principal: Principal,
  ): Promise<DraftPreview> {
    return this.drafts.create(scope, name, version ?? null, actorOf(principal));
  }

  @Implements(getDraft)
  async get(@InScope() scope: Scope, @RouteParam('draft') id: string): Promise<DraftPreview> {
    return this.drafts.get(scope, id);
  }

  @Implements(changeDraft)
  async change(
    @InScope() scope: Scope,
    @RouteParam('draft') id: string,
    @RouteBody(changeDraft) edit: DraftEdit,
    @Asking() principal: Principal,
  ): Promise<DraftPreview> {
    return this.drafts.change(scope, id, edit, actorOf(principal));
  }

  @Implements(deleteDraft)
  async delete(
    @InScope() scope: Scope,
    @RouteParam('draft') id: string,
    @Asking() principal: Principal,
  ): Promise<{ deleted: boolean }> {
    await this.drafts.delete(scope, id, actorOf(principal));
    return { deleted: true };
  }

  @Implements(rebaseDraft)
  async rebase(
    @InScope() scope: Scope,
    @RouteParam('draft') id: string,
    @RouteBody(rebaseDraft) { edit }: { edit: number },
    @Asking() principal: Principal,
  ): Promise<{ draft: DraftPreview; conflicts: MergeConflict[] }> {
    return this.drafts.rebase(scope, id, edit, actorOf(principal));
  }

  @Implements(reviewDraft)
  async review(
    @InScope() scope: Scope,
    @RouteParam('draft') id: string,
    @RouteBody(reviewDraft)
    { edit, decision, note }: { edit: number; decision: 'request' | 'approve' | 'askChanges'; note?: string },
    @Asking() principal: Principal,
  ): Promise<DraftPreview> {
    return this.drafts.review(scope, id, edit, decision, note ?? null, actorOf(principal));
  }

  @Implements(publishDraft)
  async publish(
    @InScope() scope: Scope,
    @RouteParam('draft') id: string,
    @RouteBody(publishDraft) { edit, ...publication }: Publication & { edit: number },
    @Asking() principal: Principal,
  ): Promise<Published> {
    return this.drafts.publish(scope, id, edit, publication, actorOf(principal));
  }
}
