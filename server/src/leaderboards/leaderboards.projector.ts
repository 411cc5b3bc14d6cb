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
import type { BoardMemberDocument, StandingDocument } from './leaderboards.schema.js';
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
    const members = counts.map(({ member }) => member);
    const told = counts.filter(({ tells }) => tells).map(({ member }) => member);
    const ids = counts.filter(({ member }) => !told.includes(member)).flatMap((count) => count.ids);
    const changed = await this.again(async () => {
      const stored = [...(await this.standings.ofMembers(told)), ...(await this.standings.find(ids))];
      return this.write(counts, 'add', stored, await this.standings.findMembers(members));
    });
    await this.mirrors.get(batch.lane)?.follow(batch.toQ, changed.map(valueOf));
  }

  async recompute(lane: string, scope: Scope, journals: readonly MemberJournal[]): Promise<void> {
    const members = journals.map(({ member }) => member);
    const changed = await this.again(async () => {
      // Before the journals and the definitions: whoever changes a standing after that has read as much of them or more, and
      // then ours is not written. A node that was held up between the two would undo what its successor did.
      const stored = await this.standings.ofMembers(members);
      const storedMembers = await this.standings.findMembers(members);
      return this.write(await this.countJournals(scope, journals), 'replace', stored, storedMembers);
    });
    await this.mirrors.get(lane)?.follow(null, changed.map(valueOf));
  }

  private async countJournals(scope: Scope, journals: readonly MemberJournal[]): Promise<MemberCount[]> {
    const program = await this.readProgram(scope);
    const counts: MemberCount[] = [];
    for (const journal of journals) {
      const count = new MemberCount(program, journal.member, journal.shard);
      for await (const page of journal.entries()) for (const entry of page) count.take(entry);
      counts.push(count);
    }
    return counts;
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

  /** Tries until nobody else was faster. */
  private async again<T>(attempt: () => Promise<T | null>): Promise<T> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const done = await attempt();
      if (done !== null) return done;
    }
    throw new Error('The standings keep changing under this lane.');
  }

  /**
   * Writes what was counted over what was read; answers every standing of a run that is not closed as it is now, changed or not,
   * and null where something was changed since it was read.
   */
  private async write(
    counts: readonly MemberCount[],
    how: 'add' | 'replace',
    stored: readonly StandingDocument[],
    storedMembers: readonly BoardMemberDocument[],
  ): Promise<readonly StandingDocument[] | null> {
    const runs = await this.openRuns(counts);
    await this.learn(runs, stored);
    const plan = planStandings(counts, how, stored, storedMembers, runs);
    // Who is hidden first: a standing that is written between both goes by it then.
    const isWritten = (await this.standings.writeMembers(plan.members)) && (await this.standings.write(plan.standings));
    return isWritten ? plan.values : null;
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
