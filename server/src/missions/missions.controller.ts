import { Controller } from '@nestjs/common';
import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import {
  changePause,
  getMission,
  giveUpPause,
  grantFreezes,
  listMissions,
  type MissionCard,
  type MissionPage,
  type PauseDraft,
  planPause,
  restoreStreak,
} from '@verbena/shared/missions/missions.routes.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { findAttribute } from '#engine/field-values.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { RouteBody as BodyOf } from '@verbena/shared/platform/route.js';
import { BudgetsService } from '#ledger/budgets.service.js';
import { LedgerService } from '#ledger/ledger.service.js';
import { LedgerViews } from '#ledger/ledger-views.service.js';
import { MemberActs } from '#ledger/member-acts.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Asking, Implements, RouteBody, RouteParam } from '#platform/http/implements.decorator.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { GoalsRepository } from './goals.repository.js';
import { missionCardOf } from './mission-card.js';
import { missionPageOf } from './mission-page.js';

/** So far back a mission's page looks: months of a member who comes daily. */
const TRAIL_MAX = 300;

@Controller()
export class MissionsController {
  constructor(
    private readonly views: LedgerViews,
    private readonly ledger: LedgerService,
    private readonly acts: MemberActs,
    private readonly goals: GoalsRepository,
    private readonly budgets: BudgetsService,
  ) {}

  @Implements(listMissions)
  async list(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
  ): Promise<{ seq: number; items: MissionCard[] }> {
    const { program, state, dates } = await this.views.readState(scope, member);
    const cards = program.missions.map((slot) => missionCardOf(slot, state, dates, ladderOf(program)));
    const places = await this.budgets.placesOf(scope, program);
    const found = cards.flatMap((card) => (card === null ? [] : [withPlaces(withUnit(program, card), places)]));
    return { seq: state.seq, items: await Promise.all(found.map((card) => this.withAll(scope, card))) };
  }

  @Implements(planPause)
  async plan(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteParam('mission') mission: string,
    @RouteBody(planPause) draft: PauseDraft,
    @Asking() asking: Principal,
  ): Promise<MissionPage> {
    return this.pause(scope, ref, { mission, ...draft, instead: null }, asking);
  }

  @Implements(changePause)
  async change(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteParam('mission') mission: string,
    @RouteParam('first') instead: string,
    @RouteBody(changePause) draft: PauseDraft,
    @Asking() asking: Principal,
  ): Promise<MissionPage> {
    return this.pause(scope, ref, { mission, ...draft, instead }, asking);
  }

  @Implements(giveUpPause)
  async giveUp(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteParam('mission') mission: string,
    @RouteParam('first') instead: string,
    @Asking() asking: Principal,
  ): Promise<MissionPage> {
    return this.pause(scope, ref, { mission, instead }, asking);
  }

  private async pause(scope: Scope, ref: string, said: SaidOfPause, asking: Principal): Promise<MissionPage> {
    try {
      await this.acts.record(scope, ref, 'streak.paused', said, asking);
    } catch (refusal) {
      throw refusal instanceof Refusal ? atField(refusal, said) : refusal;
    }
    return this.page(scope, ref, said.mission);
  }

  @Implements(restoreStreak)
  async restore(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteParam('mission') mission: string,
    @RouteBody(restoreStreak) { period, reason }: BodyOf<typeof restoreStreak>,
    @Asking() asking: Principal,
  ): Promise<MissionPage> {
    await this.acts.record(scope, ref, 'streak.restored', { mission, period }, asking, reason);
    return this.page(scope, ref, mission);
  }

  @Implements(grantFreezes)
  async grant(
    @InScope() scope: Scope,
    @MemberRefParam() ref: string,
    @RouteParam('mission') mission: string,
    @RouteBody(grantFreezes) { freezes, reason, key }: BodyOf<typeof grantFreezes>,
    @Asking() asking: Principal,
  ): Promise<MissionPage> {
    await this.acts.record(scope, ref, 'streak.granted', { mission, freezes }, asking, reason, key);
    return this.page(scope, ref, mission);
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
      ladderOf(program),
    );
    if (page === null) throw new Refusal('mission.notFound');
    const card = withPlaces(withUnit(program, page.card), await this.budgets.placesOf(scope, program));
    return { ...page, card: await this.withAll(scope, card) };
  }

  /** Of a shared goal, how far all are together; what the member itself brought stands beside it. */
  private async withAll(scope: Scope, card: MissionCard): Promise<MissionCard> {
    if (card.kind !== 'shared') return card;
    const place = { program: scope.program, mission: card.id, period: card.period };
    const all = await this.goals.total(place);
    const { total, members } = all;
    const isReached = await this.goals.isReached(place);
    // Who was asked for less before a version asked for more is held to that, and so is everybody with it.
    const target = Math.min(card.target, all.target ?? card.target);
    const progress = isReached ? Math.max(total, target) : total;
    return { ...card, target, progress, done: card.done || isReached, shared: { members, own: card.progress } };
  }
}

type SaidOfPause = { readonly mission: string; readonly instead: string | null } & Partial<PauseDraft>;

/** What the engine refuses of a pause, with the field in which it lies. */
function atField(refusal: Refusal, { from = '', until = '', instead }: SaidOfPause): Refusal {
  // A pause that begins on the day on which it began can be wrong at its end alone.
  const past = from === instead || until < from ? 'until' : 'from';
  const places: Partial<Record<ErrorCode, Problem>> = {
    'streak.pausePast': { path: [past], code: 'pausePast' },
    'streak.pauseTooLong': { path: ['until'], code: 'pauseTooLong' },
    'streak.pauseOverlaps': { path: ['from'], code: 'pauseOverlaps' },
  };
  const place = places[refusal.code];
  return place === undefined ? refusal : new Refusal(refusal.code, refusal.params, [place]);
}

function ladderOf({ tiers }: CompiledProgram): readonly string[] {
  return tiers.ladder.map(({ definition }) => definition.id);
}

/** Where only the first so many can complete it: how many more can. */
function withPlaces(card: MissionCard, places: Awaited<ReturnType<BudgetsService['placesOf']>>): MissionCard {
  const found = places.get(card.id);
  return found === undefined ? card : { ...card, places: found };
}

/** A sum is told in the unit of its field. */
function withUnit(program: CompiledProgram, card: MissionCard): MissionCard {
  const mission = program.missions.find(({ id }) => id === card.id)?.current?.definition;
  if (
    (mission?.goal.kind !== 'sum' && mission?.goal.kind !== 'shared') ||
    mission.goal.field === undefined ||
    !('activity' in mission.on)
  )
    return card;
  const type = program.activityTypes.get(mission.on.activity);
  const unit = type && findAttribute(type.definition.attributes, mission.goal.field)?.schema['x-unit'];
  return unit === undefined ? card : { ...card, unit };
}
