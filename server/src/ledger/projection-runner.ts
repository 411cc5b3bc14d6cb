import { Logger } from '@nestjs/common';
import type { MembersService } from '#members/members.service.js';
import type { Clock } from '#platform/clock/clock.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { ProgramsService } from '#programs/programs.service.js';
import type { LedgerRepository } from './ledger.repository.js';
import { LeaseWatch } from './lease-watch.js';
import type { ProjectedProgram, ProjectionCursor, ProjectionsRepository } from './projections.repository.js';
import type { JournalEntry, MemberJournal, ProjectedLane, Projector } from './projector.port.js';

const LEASE_MS = 5_000;
const GROUPS_PER_BATCH = 16;
const ENTRIES_PER_PAGE = 500;
const MEMBERS_PER_STEP = 100;
const RETRY_MS = 200;
const BEATS_PER_LOOK = 2;

export interface RunnerParts {
  readonly journal: LedgerRepository;
  readonly projections: ProjectionsRepository;
  readonly programs: ProgramsService;
  readonly members: MembersService;
  readonly clock: Pick<Clock, 'now' | 'elapsed' | 'pause'>;
}

/**
 * Keeps one projection of one lane up to date: takes the lane's lease, follows its groups by number, and moves the watermark
 * after each batch. Members are computed anew inside the same loop, so a rebuild races nothing. Killed anywhere, the next
 * leader begins at the watermark; the projector makes the repeats harmless.
 */
export class ProjectionRunner {
  private readonly logger = new Logger('Projections');
  private cursor: ProjectionCursor | null = null;
  /** The shape by which each program of this lane stands in the view; absent: no entry of it was met. */
  private readonly shapes = new Map<string, string>();
  private readonly versions = new Map<string, number>();
  private rebuilds: ProjectedProgram[] = [];
  private running: Promise<void> | null = null;
  private isNudged = false;
  private readonly watch: LeaseWatch;
  private isStopped = false;
  private isWoken = false;
  private hasWarned = false;
  private beats = 0;

  constructor(
    readonly projector: Projector,
    private readonly lane: { readonly id: string; readonly shards: ReadonlySet<number> },
    private readonly node: string,
    private readonly parts: RunnerParts,
  ) {
    this.watch = new LeaseWatch(parts.clock, LEASE_MS);
  }

  /** Each second: takes or renews the lease, and looks for what else asks for work. */
  async beat(): Promise<void> {
    if (this.isStopped) return;
    try {
      await this.holdLease();
      if (this.cursor === null) return;
      await this.lookForRebuilds();
      this.wake();
    } catch (error) {
      this.note(error);
    }
  }

  /** Something was committed: looks soon, so that what comes together is one batch. */
  nudge(afterMs: number): void {
    if (this.isNudged || this.cursor === null || this.isStopped) return;
    this.isNudged = true;
    void this.parts.clock.pause(afterMs).then(() => {
      this.isNudged = false;
      this.wake();
    });
  }

  /** Finishes the batch that is under way and gives the lease back. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
    if (this.cursor !== null) await this.parts.projections.renewLease(this.cursor, new Date(0)).catch(() => undefined);
    this.cursor = null;
  }

  private wake(): void {
    this.isWoken = true;
    if (this.running !== null || this.isStopped) return;
    this.running = this.run().finally(() => {
      this.running = null;
    });
  }

  private async run(): Promise<void> {
    while (this.isWoken && !this.isStopped && this.cursor !== null) {
      this.isWoken = false;
      try {
        if (await this.step()) this.isWoken = true;
        this.hasWarned = false;
      } catch (error) {
        this.note(error);
        await this.parts.clock.pause(RETRY_MS);
        this.isWoken = true;
      }
    }
  }

  /** One batch, one step of a rebuild, one of the projector's own; true while there is more. */
  private async step(): Promise<boolean> {
    const head = await this.parts.journal.readHead(this.lane.id);
    const isBehind = this.cursor !== null && this.cursor.q < head;
    if (isBehind) await this.applyNext(head);
    const hasRebuilt = await this.rebuildSome();
    if (this.cursor === null) return false;
    const isBusy = (await this.projector.tend?.(this.lookOf(this.cursor))) === true;
    return isBusy || hasRebuilt || this.cursor.q < head;
  }

  private async applyNext(head: number): Promise<void> {
    const { cursor } = this;
    if (cursor === null) return;
    const toQ = Math.min(cursor.q + GROUPS_PER_BATCH, head);
    const entries = await this.parts.journal.readGroups(this.lane.id, cursor.q, toQ);
    for (const program of new Set(entries.map((entry) => entry.program))) await this.meet(program);
    await this.projector.apply({ lane: this.lane.id, fromQ: cursor.q, toQ, entries });
    const at = new Date(entries.at(-1)?.at ?? this.parts.clock.now());
    if (!(await this.parts.projections.advance(cursor, toQ, at))) {
      // Another node leads now, or somebody put the watermark elsewhere: the next beat finds out which.
      this.cursor = null;
      return;
    }
    this.cursor = { ...cursor, q: toQ, at };
  }

  /** Compares a program's definitions with those that its view goes by. A program that was never met has no past here. */
  private async meet(program: string): Promise<void> {
    const compiled = await this.parts.programs.inForce(program, this.parts.clock.now());
    const shape = this.projector.shapeOf(compiled);
    const known = this.shapes.get(program);
    const { name } = this.projector;
    if (known === undefined) await this.parts.projections.putShape(name, this.lane.id, program, shape);
    else if (known !== shape) {
      const at = new Date(this.parts.clock.now());
      await this.parts.projections.askRebuild(name, this.lane.id, [{ program, shape }], at);
      await this.readRebuilds();
    }
    this.shapes.set(program, shape);
    // Only now: where asking failed, the next look asks again, though nothing happens in the program.
    this.versions.set(program, compiled.version);
  }

  private async rebuildSome(): Promise<boolean> {
    const [task] = this.rebuilds;
    if (task === undefined || this.cursor === null) return false;
    if (await this.askByOwnShape(task)) return true;
    const scope = scopeOf(task.program);
    const page = await this.parts.members.list(scope, task.after, MEMBERS_PER_STEP);
    const own = page.filter(({ shard }) => this.lane.shards.has(shard));
    if (own.length > 0)
      await this.projector.recompute(
        this.lane.id,
        scope,
        own.map(({ _id, shard }, index) => this.journalOf(_id, shard, index === 0)),
      );
    const last = page.length < MEMBERS_PER_STEP ? null : (page.at(-1)?._id ?? null);
    await this.parts.projections.noteRebuilt(task, last);
    await this.readRebuilds();
    return true;
  }

  /**
   * A rebuild that was asked for by other definitions than this node goes by, as where its clock is behind and a new version is
   * not in force yet: it would be done by ours and noted under theirs. So it is asked for anew; answers whether it was.
   */
  private async askByOwnShape({ program, shape: asked }: ProjectedProgram): Promise<boolean> {
    const { programs, projections, clock } = this.parts;
    const shape = this.projector.shapeOf(await programs.inForce(program, clock.now()));
    if (shape === asked) return false;
    await projections.askRebuild(this.projector.name, this.lane.id, [{ program, shape }], new Date(clock.now()));
    this.shapes.set(program, shape);
    await this.readRebuilds();
    return true;
  }

  /** `isFirst`: of those that are computed together, so that reading it anew asks anew whether the lane is still this node's. */
  private journalOf(member: string, shard: number, isFirst: boolean): MemberJournal {
    const { journal } = this.parts;
    const confirm = isFirst ? () => this.confirmLease() : () => Promise.resolve();
    return {
      member,
      shard,
      async *entries() {
        await confirm();
        for (let after = 0; ;) {
          const page: JournalEntry[] = await journal.readJournal(member, after, ENTRIES_PER_PAGE);
          yield page;
          const last = page.at(-1);
          if (page.length < ENTRIES_PER_PAGE || last === undefined) return;
          after = last.seq;
        }
      },
    };
  }

  /** Throws where another node leads by now; this one then stops to. */
  private async confirmLease(): Promise<void> {
    const found = await this.parts.projections.findCursor(this.projector.name, this.lane.id);
    if (found !== null && found.epoch === this.cursor?.epoch) return;
    this.cursor = null;
    throw new Error('Another node leads this lane by now.');
  }

  private async holdLease(): Promise<void> {
    const { projections, clock } = this.parts;
    const until = new Date(clock.now() + LEASE_MS);
    if (this.cursor !== null && (await projections.renewLease(this.cursor, until))) return;
    this.cursor = null;
    await this.running;
    const found = await projections.findCursor(this.projector.name, this.lane.id);
    if (found === null) return this.createCursor();
    if (found.node !== this.node && !this.watch.isOver(found)) return;
    if (!(await projections.takeLease(found, this.node, until))) return;
    const cursor = { ...found, epoch: found.epoch + 1, node: this.node, until };
    this.shapes.clear();
    this.versions.clear();
    for (const { program, shape } of await projections.listPrograms(this.projector.name, this.lane.id))
      this.shapes.set(program, shape);
    await this.readRebuilds();
    await this.projector.begin(this.lookOf(cursor));
    this.cursor = cursor;
  }

  /** A lane that this projection never saw: all members are computed from their journals, and what comes is followed from here. */
  private async createCursor(): Promise<void> {
    const head = await this.parts.journal.readHead(this.lane.id);
    await this.askForAll();
    await this.parts.projections.createCursor(this.projector.name, this.lane.id, head);
  }

  /** Asks for every program there is to be computed anew in this lane. */
  async askForAll(): Promise<void> {
    const { programs, projections, clock } = this.parts;
    const all = [];
    for (const { _id: program } of await programs.listAll())
      all.push({ program, shape: this.projector.shapeOf(await programs.inForce(program, clock.now())) });
    await projections.askRebuild(this.projector.name, this.lane.id, all, new Date(clock.now()));
  }

  /** Definitions that changed, also of programs where nothing happens, and what somebody asked for. */
  private async lookForRebuilds(): Promise<void> {
    this.beats += 1;
    if (this.beats % BEATS_PER_LOOK !== 0) return;
    for (const { _id, version } of await this.parts.programs.listAll())
      if (this.shapes.has(_id) && this.versions.get(_id) !== version) await this.meet(_id);
    await this.readRebuilds();
  }

  private async readRebuilds(): Promise<void> {
    const { name } = this.projector;
    this.rebuilds = (await this.parts.projections.listRebuilds()).filter(
      ({ projection, lane }) => projection === name && lane === this.lane.id,
    );
  }

  private lookOf({ q }: ProjectionCursor): ProjectedLane {
    return { ...this.lane, q };
  }

  private note(error: unknown): void {
    // Once an outage: the view stands still meanwhile, and health says how long.
    if (!this.hasWarned)
      this.logger.warn(`${this.projector.name} of lane ${this.lane.id} stands still: ${String(error)}`);
    this.hasWarned = true;
  }
}
