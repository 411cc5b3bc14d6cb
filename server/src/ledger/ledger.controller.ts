import { Controller } from '@nestjs/common';
import type { Entry } from '@verbena/shared/ledger/entry-recorded.js';
import {
  exportMembers,
  type ExportedMember,
  getEntry,
  getStanding,
  listEntries,
  repairMember,
  type Standing,
} from '@verbena/shared/ledger/ledger.routes.js';
import { Implements, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { LedgerViews } from './ledger-views.service.js';
import { VerifyService } from './verify.service.js';

/** What a query of a list says once it is validated. */
interface EntriesQuery {
  readonly before?: number;
  readonly limit?: number;
  readonly only?: 'points';
}

@Controller()
export class LedgerController {
  constructor(
    private readonly views: LedgerViews,
    private readonly verify: VerifyService,
  ) {}

  @Implements(getStanding)
  async standing(@InScope() scope: Scope, @MemberRefParam() member: string): Promise<Standing> {
    return this.views.standing(scope, member);
  }

  @Implements(listEntries)
  async entries(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteQuery(listEntries) query: EntriesQuery,
  ): Promise<{ items: Entry[]; next?: number }> {
    return this.views.entries(scope, member, query.before ?? null, query.limit ?? 30, query.only === 'points');
  }

  @Implements(getEntry)
  async entry(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('seq') seq: string,
  ): Promise<Entry> {
    return this.views.entry(scope, member, seq);
  }

  @Implements(exportMembers)
  async export(
    @InScope() scope: Scope,
    @RouteQuery(exportMembers) query: { after?: string; limit?: number },
  ): Promise<{ items: ExportedMember[]; next: string | null }> {
    return this.views.exportMembers(scope, query.after ?? null, query.limit ?? 500);
  }

  @Implements(repairMember)
  async repair(@InScope() scope: Scope, @MemberRefParam() member: string): Promise<{ repaired: boolean }> {
    return { repaired: await this.verify.repair(scope, member) };
  }
}
