import { hostname } from 'node:os';
import { resolve } from 'node:path';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { laneIds, shardsOfLane } from './lanes.js';
import { LedgerRepository } from './ledger.repository.js';
import { ProjectionRunner } from './projection-runner.js';
import { ProjectionsRepository } from './projections.repository.js';
import { type Projector, ProjectsJournal } from './projector.port.js';

const BEAT_MS = 1_000;
/** How often a node looks that does not commit all lanes itself. */
const POLL_MS = 200;
/** After a commit of this node: what follows within that time is one batch with it. */
const NUDGE_MS = 50;
const LAG_MS_MAX = 10_000;
/** A projection that lags so long no longer holds outbox rows. */
const HOLD_MS_MAX = 6 * 86_400_000;
const SETTLE_POLL_MS = 50;

/** All views of the ledger: which there are, who leads them, how far they came, and how they are computed anew. */
@Injectable()
export class ProjectionsService implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Projections');
  private readonly projectors = new Map<string, Projector>();
  private readonly runners: ProjectionRunner[] = [];
  private readonly byLane = new Map<string, ProjectionRunner[]>();
  private readonly ends: (() => void)[] = [];
  private beating: Promise<unknown> | null = null;
  /** Per projection and lane: the group that was last seen at the head, and when everything up to such a one was in the view. */
  private readonly progress = new Map<string, { waitsFor: number; askedAtMs: number; currentAsOfMs: number }>();
  private leadsAllLanes: () => boolean = () => false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly journal: LedgerRepository,
    private readonly projections: ProjectionsRepository,
    private readonly programs: ProgramsService,
    private readonly members: MembersService,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders({ metadataKey: ProjectsJournal.KEY })) {
      const projector = instance as Projector;
      if (this.projectors.has(projector.name))
        throw new Error(`The projection "${projector.name}" has two projectors.`);
      this.projectors.set(projector.name, projector);
    }
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'command') return;
    if (this.config.role !== 'api') this.makeRunners();
    this.beat();
    this.ends.push(
      this.clock.every(BEAT_MS, () => this.beat()),
      this.clock.every(POLL_MS, () => this.poll()),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const end of this.ends) end();
    await this.beating;
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }

  /** Who commits all lanes itself hears of every group at once and need not look. */
  listensTo(leadsAllLanes: () => boolean): void {
    this.leadsAllLanes = leadsAllLanes;
  }

  /** A group of this node was committed. */
  committed(lane: string): void {
    for (const runner of this.byLane.get(lane) ?? []) runner.nudge(NUDGE_MS);
  }

  /** Has the members of a program computed anew in all lanes; resolves when that is noted, not when it is done. */
  async rebuild(name: string, scope: Scope): Promise<void> {
    const projector = this.projectors.get(name);
    if (projector === undefined) throw new Error(`There is no projection "${name}".`);
    const now = this.clock.now();
    const shape = projector.shapeOf(await this.programs.inForce(scope.program, now));
    for (const lane of laneIds(this.config.lanes))
      await this.projections.askRebuild(name, lane, [{ program: scope.program, shape }], new Date(now));
  }

  /** Waits until all that is committed by now is in the view and nothing is being computed anew; false after `withinMs`. */
  async settles(name: string, withinMs: number): Promise<boolean> {
    const lanes = laneIds(this.config.lanes);
    const heads = new Map((await this.journal.listLanes()).map(({ _id, q }) => [_id, q]));
    for (const deadline = this.clock.elapsed() + withinMs; ;) {
      const cursors = await this.projections.findCursors([name], lanes);
      const rebuilds = await this.projections.listRebuilds();
      const isThere =
        cursors.length === lanes.length &&
        cursors.every(({ lane, q }) => q >= (heads.get(lane) ?? 0)) &&
        rebuilds.every(({ projection }) => projection !== name);
      if (isThere) return true;
      if (this.clock.elapsed() > deadline) return false;
      await this.clock.pause(SETTLE_POLL_MS);
    }
  }

  /** How far a view came in each lane that there ever was: everything up to there is in it. */
  async watermarks(name: string): Promise<{ readonly lane: string; readonly q: number }[]> {
    const lanes = await this.journal.listLanes();
    const cursors = await this.projections.findCursors([name], laneIds(this.config.lanes));
    // A lane of another count took its last group before this count began, and its members were computed anew since.
    return lanes.map(({ _id: lane, q }) => ({ lane, q: cursors.find((one) => one.lane === lane)?.q ?? q }));
  }

  /** Whether a projection has not come forward for too long; as of the last beat. */
  isBehind(): boolean {
    const now = this.clock.elapsed();
    return [...this.progress.values()].some(({ currentAsOfMs }) => now - currentAsOfMs > LAG_MS_MAX);
  }

  /**
   * The last group of a lane that every projection has passed, Infinity without projections. One that lags six days no longer
   * counts: it goes on from here, and all its members are computed anew.
   */
  async passedBy(lane: string): Promise<number> {
    let passed = Number.POSITIVE_INFINITY;
    for (const cursor of await this.projections.findCursors([...this.projectors.keys()], [lane])) {
      const head = await this.journal.readHead(lane);
      const heldSince = cursor.q < head ? await this.journal.findGroupTime(lane, cursor.q + 1) : null;
      if (heldSince === null || this.clock.now() - heldSince.getTime() < HOLD_MS_MAX) {
        passed = Math.min(passed, cursor.q);
        continue;
      }
      this.logger.error(`The projection ${cursor.projection} lags in lane ${lane} and will be computed anew.`);
      await this.newRunner(cursor.projection, lane).askForAll();
      await this.projections.moveCursor(cursor, head, new Date(this.clock.now()));
    }
    return passed;
  }

  private makeRunners(): void {
    for (const lane of laneIds(this.config.lanes)) {
      const runners = [...this.projectors.keys()].map((name) => this.newRunner(name, lane));
      this.byLane.set(lane, runners);
      this.runners.push(...runners);
    }
  }

  private newRunner(name: string, id: string): ProjectionRunner {
    const projector = this.projectors.get(name);
    if (projector === undefined) throw new Error(`There is no projection "${name}".`);
    const shards = new Set(shardsOfLane(id, this.config.lanes));
    // One data directory is one node, so a restart takes its own leases back without waiting for their end.
    const node = `${hostname()}:${resolve(this.config.dataDir)}:${this.config.role}`;
    const { journal, projections, programs, members, clock } = this;
    return new ProjectionRunner(projector, { id, shards }, node, { journal, projections, programs, members, clock });
  }

  /** One beat after another; those that a slow database held up are left out, not made up for. */
  private beat(): void {
    if (this.beating !== null) return;
    const beats = this.runners.map((runner) => runner.beat());
    const look = this.lookAtProgress().catch((error: unknown) => this.logger.debug(String(error)));
    this.beating = Promise.all([...beats, look]).finally(() => {
      this.beating = null;
    });
  }

  private poll(): void {
    if (!this.leadsAllLanes()) for (const runner of this.runners) runner.nudge(0);
  }

  private async lookAtProgress(): Promise<void> {
    const lanes = laneIds(this.config.lanes);
    const heads = await this.journal.listLanes();
    const cursors = await this.projections.findCursors([...this.projectors.keys()], lanes);
    const now = this.clock.elapsed();
    for (const name of this.projectors.keys()) {
      for (const lane of lanes) {
        const key = `${name}|${lane}`;
        const head = heads.find((one) => one._id === lane)?.q ?? 0;
        // Where nobody ever began there is no cursor, and that lags too.
        const q = cursors.find(({ _id }) => _id === key)?.q ?? -1;
        const known = this.progress.get(key) ?? { waitsFor: head, askedAtMs: now, currentAsOfMs: now };
        const isThere = q >= known.waitsFor;
        this.progress.set(key, isThere ? { waitsFor: head, askedAtMs: now, currentAsOfMs: known.askedAtMs } : known);
      }
    }
  }
}
