import { Controller } from '@nestjs/common';
import { listMissions, type MissionCard } from '@verbena/shared/missions/missions.routes.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { Implements } from '#platform/http/implements.decorator.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { missionCardOf } from './mission-card.js';

@Controller()
export class MissionsController {
  constructor(private readonly ledger: LedgerViews) {}

  @Implements(listMissions)
  async list(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
  ): Promise<{ seq: number; items: MissionCard[] }> {
    const { program, state, today } = await this.ledger.readState(scope, member);
    const cards = program.missions.map((slot) => missionCardOf(slot, state, today));
    return { seq: state.seq, items: cards.filter((card) => card !== null) };
  }
}
