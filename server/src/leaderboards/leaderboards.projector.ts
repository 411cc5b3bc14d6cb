import { Inject, Injectable } from '@nestjs/common';
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
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { BoardMirror } from './board-mirror.repository.js';
import { BoardRunsRepository } from './board-runs.repository.js';
import { countedShape, type CountedProgram } from './count-entries.js';
import { LaneMirror, valueOf } from './lane-mirror.js';
import type { StandingDocument } from './leaderboards.schema.js';
import { MemberCount } from './member-count.js';
import { listOf } from './place-order.js';
import { planStandings, type RunsOf } from './plan-standings.js';
import { QUIET_MS } from './run-calendar.js';
import { StandingsRepository } from './standings.repository.js';

const TRIES = 5;

/** Counts what is earned, into `standings` and the mirror. */
@Injectable()
@ProjectsJournal()
export class BoardsProjector implements Projector {
  readonly name = 'boards';
  private readonly mirrors = new Map<string, LaneMirror>();

  constructor(
    private readonly standings: StandingsRepository,
    private readonly runs: BoardRunsRepository,
    private readonly mirror: BoardMirror,
    @Inject(ProgramsService) private readonly programs: Pick<ProgramsService, 'get' | 'inForce'>,
    private readonly clock: Clock,
  ) {}

  shapeOf(program: CompiledProgram): string {
    return countedShape(program.boards);
  }

  begin(lane: ProjectedLane): Promise<void> {
    this.mirrors.set(lane.id, new LaneMirror(lane.id, this.mirror, this.standings, this.runs, this.clock));
    return Promise.resolve();
  }

  async tend(lane: ProjectedLane): Promise<boolean> {
    return (await this.mirrors.get(lane.id)?.tend(lane)) ?? false;
  }

  async apply(batch: LaneBatch): Promise<void> {
    const counts = await this.countEntries(batch.entries);
    const changed = await this.write(counts, 'add');
    await this.mirrors.get(batch.lane)?.follow(batch.toQ, changed.map(valueOf));
  }

  async recompute(lane: string, scope: Scope, journals: readonly MemberJournal[]): Promise<void> {
    const program = await this.readProgram(scope);
    const counts: MemberCount[] = [];
    for (const journal of journals) {
      const count = new MemberCount(program, journal.member, journal.shard);
      for await (const page of journal.entries()) for (const entry of page) count.take(entry);
      counts.push(count);
    }
    const changed = await this.write(counts, 'replace');
    await this.mirrors.get(lane)?.follow(null, changed.map(valueOf));
  }

  private async countEntries(entries: readonly JournalEntry[]): Promise<MemberCount[]> {
    const counts = new Map<string, MemberCount>();
    const programs = new Map<string, CountedProgram>();
    for (const entry of entries) {
      let program = programs.get(entry.program);
      if (program === undefined) {
        program = await this.readProgram(scopeOf(entry.program));
        programs.set(entry.program, program);
      }
      let count = counts.get(entry.member);
      if (count === undefined) {
        count = new MemberCount(program, entry.member, entry.shard);
        counts.set(entry.member, count);
      }
      count.take(entry);
    }
    return [...counts.values()].filter((count) => !count.isEmpty);
  }

  private async readProgram(scope: Scope): Promise<CountedProgram> {
    const { _id: id, zone, time, createdAt } = await this.programs.get(scope);
    const { boards } = await this.programs.inForce(id, this.clock.now());
    return { id, zone, time, createdAtMs: createdAt.getTime(), boards };
  }

  /** Writes what was counted; answers every standing of a run that is not closed as it is now, changed or not. */
  private async write(counts: readonly MemberCount[], how: 'add' | 'replace'): Promise<readonly StandingDocument[]> {
    const runs = await this.openRuns(counts);
    for (let tries = 1; ; tries += 1) {
      const members = counts.map(({ member }) => member);
      const told = how === 'replace' ? members : counts.filter(({ tells }) => tells).map(({ member }) => member);
      const stored = [
        ...(await this.standings.ofMembers(told)),
        ...(await this.standings.find(counts.filter(({ member }) => !told.includes(member)).flatMap(({ ids }) => ids))),
      ];
      await this.learn(runs, stored);
      const plan = planStandings(counts, how, stored, await this.standings.findMembers(members), runs);
      // Who is hidden first: a standing that is written between both goes by it then.
      if ((await this.standings.writeMembers(plan.members)) && (await this.standings.write(plan.standings)))
        return plan.values;
      if (tries === TRIES) throw new Error('The standings keep changing under this lane.');
    }
  }

  /** The runs that are moved, made where they are new; those that go by quiet are put off. */
  private async openRuns(counts: readonly MemberCount[]): Promise<RunsOf> {
    const moved = new Map<string, { readonly list: string; dueAtMs: number | null; isQuiet: boolean }>();
    const parts = new Map<string, { program: string; board: string; run: string; notedOn: string }>();
    for (const { program, totals } of counts) {
      for (const { board, run, closing, atMs } of totals) {
        const list = listOf(program.id, board, run);
        const isQuiet = closing.kind === 'quiet';
        const dueAtMs = closing.kind === 'dated' ? closing.atMs : isQuiet ? atMs + QUIET_MS : null;
        const before = moved.get(list);
        if (before === undefined) moved.set(list, { list, dueAtMs, isQuiet });
        else if (dueAtMs !== null) before.dueAtMs = Math.max(before.dueAtMs ?? 0, dueAtMs);
        parts.set(list, { program: program.id, board, run, notedOn: localDateOf(this.clock.now(), program.zone) });
      }
    }
    const known = new Map((await this.runs.find([...moved.keys()])).map((run) => [run._id, run]));
    const states = new Map<string, 'open' | 'closing' | 'closed'>();
    for (const { list, dueAtMs, isQuiet } of moved.values()) {
      const found = known.get(list);
      const dueAt = dueAtMs === null ? null : new Date(dueAtMs);
      const part = parts.get(list);
      if (found === undefined && part !== undefined) await this.runs.open({ list, ...part, dueAt });
      else if (isQuiet && found?.state === 'open' && dueAt !== null && Number(found.dueAt) < dueAt.getTime())
        await this.runs.postpone(list, dueAt);
      states.set(list, found?.state ?? 'open');
    }
    return states;
  }

  /** Standings that a member has elsewhere, too, go by the state of their run. */
  private async learn(
    runs: Map<string, 'open' | 'closing' | 'closed'>,
    stored: readonly StandingDocument[],
  ): Promise<void> {
    const lists = stored.map(({ program, board, run }) => listOf(program, board, run));
    const unknown = [...new Set(lists)].filter((list) => !runs.has(list));
    for (const { _id, state } of await this.runs.find(unknown)) runs.set(_id, state);
  }
}
