import { Controller } from '@nestjs/common';
import type { Entry, FullReceipt } from '@verbena/shared/ledger/entry-recorded.js';
import {
  exportMembers,
  type ExportedMember,
  getEntry,
  getReceipt,
  getStanding,
  type Holding,
  listEntries,
  listHoldings,
  repairMember,
  type Standing,
} from '@verbena/shared/ledger/ledger.routes.js';
import { Implements, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { InScope, MemberRefParam, ReadsAsStaff } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { type EntriesPage, LedgerViews } from './ledger-views.service.js';
import { VerifyService } from './verify.service.js';

@Controller()
export class LedgerController {
  constructor(
    private readonly views: LedgerViews,
    private readonly verify: VerifyService,
  ) {}

  @Implements(getStanding)
  async standing(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteQuery(getStanding) { asOf }: { readonly asOf?: string },
  ): Promise<Standing> {
    return this.views.standing(scope, member, asOf);
  }

  @Implements(listHoldings)
  async holdings(
    @InScope() scope: Scope,
    @RouteQuery(listHoldings) { members }: { readonly members: string },
  ): Promise<{ items: Holding[] }> {
    return { items: await this.views.holdings(scope, members.split(',')) };
  }

  @Implements(listEntries)
  async entries(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteQuery(listEntries) query: EntriesPage,
    @ReadsAsStaff() isStaff: (member: string) => boolean,
  ): Promise<{ items: Entry[]; next?: number }> {
    return this.views.entries(scope, member, query, isStaff);
  }

  @Implements(getEntry)
  async entry(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('seq') seq: string,
    @ReadsAsStaff() isStaff: (member: string) => boolean,
  ): Promise<Entry> {
    return this.views.entry(scope, member, seq, isStaff);
  }

  @Implements(getReceipt)
  async receipt(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('seq') seq: string,
    @RouteQuery(getReceipt) { full }: { readonly full?: 'true' | 'false' },
  ): Promise<FullReceipt> {
    return this.views.receipt(scope, member, seq, full === 'true');
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
