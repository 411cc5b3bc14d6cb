import { Controller } from '@nestjs/common';
import { listBadgeHolders, previewWithdrawal, withdrawBadge } from '@verbena/shared/badges/badges.routes.js';
import type { RouteBody as BodyOf, RouteResponse } from '@verbena/shared/platform/route.js';
import { LedgerService, lossesOf } from '#ledger/ledger.service.js';
import { MemberActs } from '#ledger/member-acts.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Asking, Implements, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';

const COUNTED_MS_MAX = 60_000;

type Holders = RouteResponse<typeof listBadgeHolders>;

/** Who holds what, and what staff take away. */
@Controller()
export class BadgesController {
  private readonly counted = new Map<string, { readonly atMs: number; readonly holders: Promise<Holders> }>();

  constructor(
    private readonly acts: MemberActs,
    private readonly ledger: LedgerService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  @Implements(listBadgeHolders)
  async holders(@InScope() scope: Scope): Promise<Holders> {
    const now = this.clock.now();
    const known = this.counted.get(scope.program);
    if (known !== undefined && now - known.atMs < COUNTED_MS_MAX) return known.holders;
    const holders = this.count(scope, now);
    this.counted.set(scope.program, { atMs: now, holders });
    holders.catch(() => this.counted.delete(scope.program));
    return holders;
  }

  @Implements(withdrawBadge)
  async withdraw(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteParam('badge') badge: string,
    @RouteBody(withdrawBadge) { reason }: BodyOf<typeof withdrawBadge>,
    @Asking() asking: Principal,
  ): Promise<RouteResponse<typeof withdrawBadge>> {
    await this.acts.record(scope, ref, 'badge.withdrawn', { badge, along: true }, asking, reason);
    return { badge, held: false };
  }

  @Implements(previewWithdrawal)
  async preview(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteParam('badge') badge: string,
    @Asking() asking: Principal,
  ): Promise<RouteResponse<typeof previewWithdrawal>> {
    const losses = lossesOf(await this.acts.tryOut(scope, ref, 'badge.withdrawn', { badge, along: true }, asking));
    return { ...losses, badges: losses.badges.filter((one) => one !== badge) };
  }

  private async count(scope: Scope, now: number): Promise<Holders> {
    const { badges } = await this.programs.inForce(scope.program, now);
    const counts = await this.ledger.countHolders(
      scope,
      badges.map(({ definition }) => definition.id),
    );
    return { items: [...counts].map(([id, holders]) => ({ id, holders })) };
  }
}
