import { Injectable } from '@nestjs/common';
import {
  type BooksCheck,
  ChecksBooks,
  type Finding,
  type JournalEntry,
  type JournalReader,
  type PageCheck,
} from '#ledger/books-check.port.js';
import { ProjectionsService } from '#ledger/projections.service.js';
import { Clock } from '#platform/clock/clock.js';
import { hashOf } from '#platform/crypto/hash.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { BoardRunsRepository } from './board-runs.repository.js';
import type { CountedProgram } from './count-entries.js';
import type { BoardRunDocument } from './leaderboards.schema.js';
import { MemberCount } from './member-count.js';
import { listOf } from './place-order.js';
import { planStandings } from './plan-standings.js';
import { StandingsRepository } from './standings.repository.js';

/** Boards that lag are not boards that are wrong; a machine with much to do needs its time. */
const SETTLE_MS = 30_000;
const RUNS_PER_BOARD = 10_000;

/** Compares the boards with the journal: open standings with what the entries count to, closed runs with their own hashes. */
@Injectable()
@ChecksBooks()
export class BoardsCheck implements BooksCheck {
  readonly name = 'boards';

  constructor(
    private readonly standings: StandingsRepository,
    private readonly runs: BoardRunsRepository,
    private readonly projections: ProjectionsService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  async begin(scope: Scope): Promise<PageCheck> {
    const program = await this.readProgram(scope);
    const counts: MemberCount[] = [];
    return {
      of: (member: string, shard: number): JournalReader => {
        const count = new MemberCount(program, member, shard);
        counts.push(count);
        return { take: (entry: JournalEntry) => count.take(entry) };
      },
      finish: () => this.compare(counts),
    };
  }

  async finishProgram(scope: Scope): Promise<readonly Finding[]> {
    const { boards } = await this.readProgram(scope);
    const findings: Finding[] = [];
    for (const { id } of boards)
      for (const run of await this.runs.list(scope, id, { isClosed: true }, RUNS_PER_BOARD))
        if (!(await this.isFrozen(run)))
          findings.push({ member: '', seq: 0, kind: 'standing', text: `the frozen run ${id} ${run.run} was changed` });
    return findings;
  }

  /** What differs is looked at once more when the projection has come after: beside a server that commits, it lags a little. */
  private async compare(counts: readonly MemberCount[]): Promise<Finding[]> {
    const first = await this.differing(counts);
    if (first.length === 0 || !(await this.projections.settles('boards', SETTLE_MS))) return first;
    const members = new Set(first.map(({ member }) => member));
    return this.differing(counts.filter(({ member }) => members.has(member)));
  }

  private async differing(counts: readonly MemberCount[]): Promise<Finding[]> {
    const members = counts.map(({ member }) => member);
    const stored = await this.standings.ofMembers(members);
    const lists = new Set(stored.map(({ program, board, run }) => listOf(program, board, run)));
    for (const { program, totals } of counts)
      for (const { board, run } of totals) lists.add(listOf(program.id, board, run));
    const states = new Map((await this.runs.find([...lists])).map(({ _id, state }) => [_id, state]));
    const plan = planStandings(counts, 'replace', stored, await this.standings.findMembers(members), states);
    const newest = new Map(stored.map(({ _id, seq }) => [_id, seq]));
    return plan.standings.flatMap(({ id, next }): Finding[] => {
      const [, board = '', run = '', member = ''] = id.split('|');
      // It went on meanwhile: what the journal said then is not what it should be now.
      if ((newest.get(id) ?? 0) > (next?.seq ?? Number.MAX_SAFE_INTEGER)) return [];
      return [
        { member, seq: 0, kind: 'standing', text: `the standing in ${board} ${run} is not what its entries give` },
      ];
    });
  }

  private async isFrozen({ _id: list, sha256, total }: BoardRunDocument): Promise<boolean> {
    const pages = await this.runs.listPages(list);
    const isWhole = pages.every(
      ({ number, places, sha256: own }, index) => number === index && hashOf('boardPage', list, number, places) === own,
    );
    const count = pages.reduce((sum, { places }) => sum + places.length, 0);
    return isWhole && count === total && hashOf('boardRun', list, ...pages.map((page) => page.sha256)) === sha256;
  }

  private async readProgram(scope: Scope): Promise<CountedProgram> {
    const { _id: id, zone, time, createdAt } = await this.programs.get(scope);
    const { boards } = await this.programs.inForce(id, this.clock.now());
    return { id, zone, time, createdAtMs: createdAt.getTime(), boards };
  }
}
