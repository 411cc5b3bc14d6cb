import { Controller } from '@nestjs/common';
import {
  getMission,
  listMissions,
  type MissionCard,
  type MissionPage,
} from '@verbena/shared/missions/missions.routes.js';
import { LedgerService } from '#ledger/ledger.service.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Implements, RouteParam } from '#platform/http/implements.decorator.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { missionCardOf } from './mission-card.js';
import { missionPageOf } from './mission-page.js';

/** So far back a mission's page looks: months of a member who comes daily. */
const TRAIL_MAX = 300;

@Controller()
export class MissionsController {
  constructor(
    private readonly views: LedgerViews,
    private readonly ledger: LedgerService,
  ) {}

  @Implements(listMissions)
  async list(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
  ): Promise<{ seq: number; items: MissionCard[] }> {
    const { program, state, dates } = await this.views.readState(scope, member);
    const cards = program.missions.map((slot) => missionCardOf(slot, state, dates));
    return { seq: state.seq, items: cards.filter((card) => card !== null) };
  }

  @Implements(getMission)
  async page(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteParam('mission') id: string,
  ): Promise<MissionPage> {
    const { member, program, state, dates } = await this.views.readState(scope, ref);
    const slot = program.missions.find((candidate) => candidate.id === id);
    if (slot === undefined) throw new Refusal('mission.notFound');
    // What came after the state was read belongs to the next answer.
    const trail = await this.ledger.listMissionTrail(scope, member, id, TRAIL_MAX);
    const page = missionPageOf(
      slot,
      state,
      dates,
      trail.filter(({ seq }) => seq <= state.seq),
    );
    if (page === null) throw new Refusal('mission.notFound');
    return page;
  }
}
