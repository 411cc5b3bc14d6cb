import { Injectable } from '@nestjs/common';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { MissionState } from '@verbena/shared/ledger/member-state.js';
import { lastDayOf } from '#engine/calendar.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import type { JournalEntry } from '#ledger/ledger.service.js';
import {
  type LaneBatch,
  type MemberJournal,
  type ProjectedLane,
  type Projector,
  ProjectsJournal,
} from '#ledger/projector.port.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { shardOf } from '#platform/crypto/hash.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { SourceOutbox } from '#platform/outbox/source-outbox.js';
import { ProgramsService } from '#programs/programs.service.js';
import { type GoalPlace, GoalsRepository, placeId } from './goals.repository.js';
import type { ContributionDocument } from './goals.schema.js';

const TOLD_MAX = 100;
/** For so long every lane looks for its own members of a goal that was reached; later only where one of them brings something. */
const RECENT_MS = 2 * 86_400_000;

/** Adds up what members bring to shared goals (E7), and tells each of them, once, when one is reached. */
@Injectable()
@ProjectsJournal()
export class GoalsProjector implements Projector {
  readonly name = 'goals';
  /** By lane: reached goals to which one of its members brought something since. */
  private readonly touched = new Map<string, Map<string, GoalPlace>>();

  constructor(
    private readonly goals: GoalsRepository,
    private readonly programs: ProgramsService,
    private readonly outbox: SourceOutbox,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  shapeOf(program: CompiledProgram): string {
    return JSON.stringify([...targetsOf(program)]);
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  async apply({ lane, entries }: LaneBatch): Promise<void> {
    const touched: Touched = new Map();
    for (const entry of entries) {
      const targets = targetsOf(await this.programs.inForce(entry.program, this.clock.now()));
      if (targets.size > 0) await this.count(entry, targets, touched);
    }
    await this.assess(lane, touched);
  }

  /** A version that asks for less may find reached what all brought before it. */
  async recompute(lane: string, scope: Scope, journals: readonly MemberJournal[]): Promise<void> {
    const targets = targetsOf(await this.programs.inForce(scope.program, this.clock.now()));
    const touched: Touched = new Map();
    for (const journal of journals) {
      await this.goals.clear(scope, journal.member);
      for await (const page of journal.entries()) for (const entry of page) await this.count(entry, targets, touched);
    }
    const zone = (await this.programs.inForce(scope.program, this.clock.now())).zone;
    for (const [id, place] of touched) if (isOver(place, this.clock.now(), zone)) touched.delete(id);
    await this.assess(lane, touched);
  }

  /**
   * Reached is what the version in force asks for, or less, where somebody was asked for less in that period. What comes late for a
   * period that is over is asked for what it was then.
   */
  private async assess(lane: string, touched: Touched): Promise<void> {
    for (const { target, ...place } of touched.values()) {
      const now = this.clock.now();
      const all = await this.goals.total(place);
      const { zone } = await this.programs.inForce(place.program, now);
      const then = all.target ?? target;
      const asked = isOver(place, now, zone) ? then : Math.min(target, then);
      if (all.total > 0 && all.total >= asked) await this.goals.reach(place, new Date(now));
      // Who brings something to what was reached long ago is told too.
      if (await this.goals.isReached(place)) listOf(this.touched, lane).set(placeId(place), place);
    }
  }

  /** Tells who brought something: each activity and that it was told, in one transaction. */
  async tend(lane: ProjectedLane): Promise<boolean> {
    const recent = await this.goals.reachedSince(new Date(this.clock.now() - RECENT_MS));
    const touched = listOf(this.touched, lane.id);
    const places = new Map([...touched, ...recent.map((place) => [placeId(place), place] as const)]);
    let isMore = false;
    for (const [id, place] of places) {
      const untold = await this.goals.untold(place, lane.shards, TOLD_MAX);
      await this.tell(untold);
      if (untold.length === TOLD_MAX) isMore = true;
      else touched.delete(id);
    }
    return isMore;
  }

  private async tell(untold: readonly ContributionDocument[]): Promise<void> {
    for (const { _id, program, mission, period, member } of untold) {
      await this.mongo.transact(async (session) => {
        if (!(await this.goals.tell(_id, session))) return;
        await this.outbox.add(session, {
          scope: scopeOf(program),
          member,
          key: `goal:${mission}:${period}:${member}`,
          type: 'goal.reached',
          occurredAt: new Date(this.clock.now()).toISOString(),
          attributes: { mission, period },
        });
      });
    }
  }

  private async count(
    { program, member, shard, seq, effects }: JournalEntry,
    targets: ReadonlyMap<string, number>,
    touched: Touched,
  ): Promise<void> {
    for (const brought of effects.flatMap((effect) => broughtBy(effect))) {
      const target = targets.get(brought.mission);
      if (target === undefined) continue;
      const place = { program, mission: brought.mission, period: brought.period };
      // What was brought by an account that was joined is now brought by the other: not for a moment by both.
      if (brought.gone !== undefined)
        await this.goals.put(
          place,
          brought.gone.member,
          shardOf(program, brought.gone.member),
          { amount: 0 },
          brought.gone.seq,
        );
      else {
        const asked = brought.target === undefined ? {} : { target: brought.target };
        await this.goals.put(place, member, shard, { amount: brought.progress, ...asked }, seq);
      }
      touched.set(placeId(place), { ...place, target });
    }
  }
}

/** How far somebody stands in missions after an effect, in which period; `gone`: an account that was joined stands nowhere. */
interface Brought {
  readonly mission: string;
  readonly period: string;
  readonly progress: number;
  /** What the goal asked for, by the revision under which the member plays. */
  readonly target?: number;
  readonly gone?: { readonly member: string; readonly seq: number };
}

function broughtBy(effect: Effect): Brought[] {
  switch (effect.type) {
    case 'mission.progressed':
    case 'mission.reverted':
      return [effect];
    case 'member.closed':
      return standingsIn(effect.state.missions).map((one) => ({ ...one, progress: 0 }));
    case 'member.absorbed': {
      const united = standingsIn(effect.changes.missions ?? {});
      const gone = { member: effect.from, seq: effect.seq };
      return [...united.map((one) => ({ ...one, gone })), ...united];
    }
    default:
      return [];
  }
}

function standingsIn(missions: Readonly<Record<string, MissionState | null>>): Brought[] {
  return Object.entries(missions).flatMap(([mission, state]) =>
    Object.entries(state?.periods ?? {}).map(([period, { progress }]) => ({ mission, period, progress })),
  );
}

function listOf<T>(lanes: Map<string, Map<string, T>>, lane: string): Map<string, T> {
  const list = lanes.get(lane) ?? new Map<string, T>();
  lanes.set(lane, list);
  return list;
}

/** Whether a period is over where the program is: members whose day goes on elsewhere still bring something late. */
function isOver({ period }: GoalPlace, nowMs: number, zone: string): boolean {
  const last = lastDayOf(period);
  return last !== null && last < localDateOf(nowMs, zone);
}

/** Goals to which something was brought, with what each asks for. */
type Touched = Map<string, GoalPlace & { readonly target: number }>;

/** The shared goals in force, and those withdrawn of which a period may still run, with what each asks for. */
function targetsOf({ missions }: CompiledProgram): ReadonlyMap<string, number> {
  return new Map(
    missions.flatMap(({ id, current, older }) => {
      const goals = [current, ...older].map((one) => one?.definition.goal);
      const goal = goals.find((one) => one?.kind === 'shared');
      return goal?.kind === 'shared' ? [[id, goal.target] as const] : [];
    }),
  );
}
