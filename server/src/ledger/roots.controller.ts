import { Controller } from '@nestjs/common';
import { type EntryProof, listRoots, makeRoot, proveEntry, type Root } from '@verbena/shared/ledger/roots.routes.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Implements, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { InScope, MemberRefParam, ReadsAsStaff } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { RootsService } from './roots.service.js';

const ROOTS = 60;

@Controller()
export class RootsController {
  constructor(private readonly roots: RootsService) {}

  @Implements(listRoots)
  async list(
    @RouteQuery(listRoots) query: { readonly before?: number; readonly limit?: number },
  ): Promise<{ items: Root[]; next?: number; key: string }> {
    return this.roots.list(query.before ?? null, query.limit ?? ROOTS);
  }

  @Implements(makeRoot)
  async make(): Promise<Root> {
    const root = await this.roots.make();
    if (root === null) throw new Refusal('proof.notYet');
    return root;
  }

  @Implements(proveEntry)
  async prove(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteParam('seq') seq: string,
    @ReadsAsStaff() isStaff: (member: string) => boolean,
  ): Promise<EntryProof> {
    return this.roots.prove(scope, member, seq, isStaff);
  }
}
