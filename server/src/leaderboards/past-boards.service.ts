import { Injectable } from '@nestjs/common';
import type { Board, RunId } from '@verbena/shared/leaderboards/board.js';
import type { BoardPage, BoardRun, PlaceThen } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { AsOf } from '#ledger/as-of.service.js';
import { MembersService } from '#members/members.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { BoardFaces } from './board-faces.service.js';
import { BoardPast, type RankingThen } from './board-past.service.js';
import { BoardRunsRepository } from './board-runs.repository.js';
import { headOf, rowOf } from './leaderboards.service.js';
import type { Ranked } from './rank-rows.js';
import { datesOf, isRunOf, runOn } from './run-calendar.js';

/** Which run of a board, as it stood when, for whom. */
interface PastPage {
  readonly run: RunId | null;
  readonly asOf: string;
  readonly member: string | null;
  readonly limit: number;
}

/** Boards and places of the past, as the contract shows them. */
@Injectable()
export class PastBoards {
  constructor(
    private readonly past: BoardPast,
    private readonly asOf: AsOf,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly runs: BoardRunsRepository,
    private readonly faces: BoardFaces,
    private readonly clock: Clock,
  ) {}

  /** Where a member stood on each board that there was then, in the run of that day. Refusals as `AsOf.memberAt`. */
  async places(scope: Scope, ref: string, asOf: string | null): Promise<{ asOf: string; items: PlaceThen[] }> {
    const moment = asOf ?? new Date(this.clock.now()).toISOString();
    const { _id: member } = await this.members.find(scope, ref);
    const { atMs, program, state } = await this.asOf.memberAt(scope, member, moment);
    // Where time is that of the activities, a member's day is that of its newest.
    const dayMs =
      program.time === 'activities' && state.newestOccurredAt !== null ? Date.parse(state.newestOccurredAt) : atMs;
    const items: PlaceThen[] = [];
    for (const board of program.boards) {
      const run = runOn(localDateOf(dayMs, program.zone), board.period);
      const { total, own, closedAt } = await this.past.read(scope, board, run, atMs, { member, rows: 0 });
      const { id, name, currency, period, ties } = board;
      items.push({
        ...{ board: id, name, currency, period, ties, run: runThen(run, closedAt), total },
        score: own?.score ?? 0,
        hidden: own?.isHidden ?? false,
        place: own?.placed?.place ?? null,
        rank: own?.placed?.rank ?? null,
      });
    }
    return { asOf: new Date(atMs).toISOString(), items };
  }

  /** A page of a board as it stood. Refuses with `board.notFound`, also where there was no such board then. */
  async page(scope: Scope, id: string, { run, asOf, member, limit }: PastPage): Promise<BoardPage> {
    const atMs = await this.programs.momentOf(scope, asOf);
    const { boards, zone, time } = await this.programs.inForce(scope.program, atMs);
    const board = boards.find((one) => one.id === id);
    if (board === undefined || (run !== null && !isRunOf(run, board.period))) throw new Refusal('board.notFound');
    const present = await this.runOf(scope, board, time, localDateOf(atMs, zone));
    const asked = run ?? present;
    const then = await this.past.read(scope, board, asked, atMs, { member, rows: limit });
    return {
      ...headOf(board),
      run: runThen(asked, then.closedAt),
      ...(await this.neighbours(scope, board, asked, present)),
      total: then.total,
      rows: await this.rowsOf(scope, then.rows),
      around: [],
      me: ownOf(then),
      at: new Date(atMs).toISOString(),
    };
  }

  private async runOf(scope: Scope, board: Board, time: 'wall' | 'activities', day: string): Promise<RunId> {
    const run = runOn(day, board.period);
    if (time === 'wall') return run;
    return (await this.runs.list(scope, board.id, {}, 20)).find((one) => isRunOf(one.run, board.period))?.run ?? run;
  }

  private async neighbours(
    scope: Scope,
    board: Board,
    run: RunId,
    present: RunId,
  ): Promise<{ previous: RunId | null; next: RunId | null }> {
    if (board.period === 'ever') return { previous: null, next: null };
    const isLike = (one: { readonly run: RunId }): boolean => isRunOf(one.run, board.period);
    const previous = (await this.runs.list(scope, board.id, { before: run }, 20)).find(isLike);
    const next = (await this.runs.list(scope, board.id, { after: run }, 20)).find(isLike);
    return { previous: previous?.run ?? null, next: next !== undefined && next.run <= present ? next.run : null };
  }

  private async rowsOf(scope: Scope, rows: readonly Ranked[]): Promise<BoardPage['rows']> {
    const faces = await this.faces.of(
      scope,
      rows.map(({ member }) => member),
    );
    return rows.map((ranked) => ({ ...rowOf(ranked, faces, null), tier: null }));
  }
}

function ownOf({ own }: RankingThen): BoardPage['me'] {
  if (own === null) return null;
  const { score, isHidden, placed } = own;
  const at = { place: placed?.place ?? null, rank: placed?.rank ?? null };
  return { score, hidden: isHidden, ...at, movement: null, toNext: null };
}

function runThen(run: RunId, closedAt: Date | null): BoardRun {
  return { id: run, ...datesOf(run), closedAt: closedAt?.toISOString() ?? null };
}
