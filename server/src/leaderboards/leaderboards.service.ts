import { Injectable } from '@nestjs/common';
import type { Board } from '@verbena/shared/leaderboards/board.js';
import type {
  ArchivedRun,
  BoardPage,
  BoardRow,
  BoardRun,
  BoardSummary,
  OwnPlace,
  Podium,
} from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { BOARD_ROWS_MAX } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { BoardFaces, type Face } from './board-faces.service.js';
import { BoardNotes } from './board-notes.service.js';
import { BoardRunsRepository } from './board-runs.repository.js';
import type { BoardRunDocument, FrozenPlace } from './leaderboards.schema.js';
import { listOf } from './place-order.js';
import { type Ranked, rankRows } from './rank-rows.js';
import { type OwnRank, type Ranking, Rankings } from './rankings.service.js';
import { datesOf, isRunOf, runOn } from './run-calendar.js';

const PODIUM_FRESH_MS = 1_000;
const TOP = 3;

/** One run of a board that somebody may read: the present one, or one that has standings. */
export interface ReadableRun {
  readonly board: Board;
  readonly run: string;
  readonly list: string;
  readonly stored: BoardRunDocument | null;
  /** The day whose beginning movement is counted from; null where nothing was noted then. */
  readonly notedOn: string | null;
}

/** What may be asked of the boards. */
@Injectable()
export class LeaderboardsService {
  private readonly podiums = new Map<string, { readonly podium: Promise<Podium>; readonly atMs: number }>();

  constructor(
    private readonly programs: ProgramsService,
    private readonly runs: BoardRunsRepository,
    private readonly rankings: Rankings,
    private readonly faces: BoardFaces,
    private readonly notes: BoardNotes,
    private readonly clock: Clock,
  ) {}

  async list(scope: Scope, member: string | null): Promise<BoardSummary[]> {
    const { boards } = await this.programs.inForce(scope.program, this.clock.now());
    const summaries: BoardSummary[] = [];
    for (const board of boards) {
      const readable = await this.presentRun(scope, board);
      const ranking = await this.rank(scope, readable, member, TOP);
      const show = await this.shower(scope, readable, ranking);
      summaries.push({
        ...headOf(board),
        run: runView(readable),
        total: ranking.total,
        top: ranking.rows.map(show.row),
        me: ranking.own === null ? null : show.own(ranking.own),
      });
    }
    return summaries;
  }

  /** One run of a board, the present one unless said. Refuses with `board.notFound`. */
  async page(
    scope: Scope,
    boardId: string,
    run: string | null,
    member: string | null,
    limit: number,
  ): Promise<BoardPage> {
    const readable = await this.find(scope, boardId, run);
    if (readable === null) throw new Refusal('board.notFound');
    const { board } = readable;
    // Before the reading: whatever is pushed from now on may not be in it.
    const at = new Date(this.clock.now()).toISOString();
    const ranking = await this.rank(scope, readable, member, limit);
    const show = await this.shower(scope, readable, ranking);
    const around = ranking.own?.around ?? [];
    const isInRows = around.every(({ place }) => place <= ranking.rows.length);
    return {
      ...headOf(board),
      run: runView(readable),
      ...(await this.neighbours(scope, readable)),
      total: ranking.total,
      rows: ranking.rows.map(show.row),
      around: isInRows ? [] : around.map(show.row),
      me: ranking.own === null ? null : show.own(ranking.own),
      at,
    };
  }

  /** The first hundred of a run, as everybody sees them. */
  async firstRows(scope: Scope, readable: ReadableRun): Promise<{ total: number; rows: BoardRow[] }> {
    const ranking = await this.rank(scope, readable, null, BOARD_ROWS_MAX);
    const show = await this.shower(scope, readable, ranking);
    return { total: ranking.total, rows: ranking.rows.map(show.row) };
  }

  async archive(scope: Scope, boardId: string, limit: number): Promise<ArchivedRun[]> {
    const board = await this.findBoard(scope, boardId);
    if (board === null) throw new Refusal('board.notFound');
    const closed = await this.runs.list(scope, board.id, { isClosed: true }, limit);
    const faces = await this.faces.of(
      scope,
      closed.flatMap(({ top }) => top.map(({ member }) => member)),
    );
    return closed.map((stored) => ({
      ...runView({ run: stored.run, stored }),
      total: stored.total ?? 0,
      top: rankFrozen(stored.top, board).map((ranked) => rowOf(ranked, faces, null)),
      sha256: stored.sha256 ?? '',
    }));
  }

  /** The first three of the program's first board, at most a second old; nobody in it can be found by it. */
  async podium(program: string): Promise<Podium> {
    const known = this.podiums.get(program);
    if (known !== undefined && performance.now() - known.atMs < PODIUM_FRESH_MS) return known.podium;
    const podium = this.readPodium(scopeOf(program));
    this.podiums.set(program, { podium, atMs: performance.now() });
    podium.catch(() => this.podiums.delete(program));
    return podium;
  }

  /** A run that may be read; null where there is no such board or run. Without `run` the present one. */
  async find(scope: Scope, boardId: string, run: string | null): Promise<ReadableRun | null> {
    const board = await this.findBoard(scope, boardId);
    if (board === null) return null;
    const present = await this.presentRun(scope, board);
    if (run === null || run === present.run) return present;
    if (!isRunOf(run, board.period)) return null;
    const list = listOf(scope.program, board.id, run);
    const [stored] = await this.runs.find([list]);
    return stored === undefined ? null : { board, run, list, stored, notedOn: stored.notedOn };
  }

  /** The run of today; where time is that of the activities, the newest that has standings. */
  private async presentRun(scope: Scope, board: Board): Promise<ReadableRun> {
    const { zone, time } = await this.programs.get(scope);
    const today = localDateOf(this.clock.now(), zone);
    let run = runOn(today, board.period);
    if (time === 'activities') {
      const newest = (await this.runs.list(scope, board.id, {}, 20)).find((one) => isRunOf(one.run, board.period));
      run = newest?.run ?? run;
    }
    const list = listOf(scope.program, board.id, run);
    const [stored] = await this.runs.find([list]);
    return { board, run, list, stored: stored ?? null, notedOn: stored?.notedOn ?? null };
  }

  private async findBoard(scope: Scope, id: string): Promise<Board | null> {
    const { boards } = await this.programs.inForce(scope.program, this.clock.now());
    return boards.find((board) => board.id === id) ?? null;
  }

  private rank(
    scope: Scope,
    { list, board, stored }: ReadableRun,
    member: string | null,
    rows: number,
  ): Promise<Ranking> {
    return this.rankings.read(scope, { list, ties: board.ties, member, rows, isClosed: stored?.state === 'closed' });
  }

  /** The neighbouring runs that have standings, and the present one, which may have none yet. */
  private async neighbours(
    scope: Scope,
    { board, run }: ReadableRun,
  ): Promise<{ previous: string | null; next: string | null }> {
    if (board.period === 'ever') return { previous: null, next: null };
    const isLike = (one: BoardRunDocument): boolean => isRunOf(one.run, board.period);
    const previous = (await this.runs.list(scope, board.id, { before: run }, 20)).find(isLike);
    const next = (await this.runs.list(scope, board.id, { after: run }, 20)).find(isLike);
    const present = (await this.presentRun(scope, board)).run;
    return { previous: previous?.run ?? null, next: next?.run ?? (present > run ? present : null) };
  }

  private async shower(scope: Scope, readable: ReadableRun, { rows, own }: Ranking): Promise<Shower> {
    const around = own?.around ?? [];
    const shown = [...rows, ...around].map(({ member }) => member);
    const faces = await this.faces.of(scope, own?.toNext == null ? shown : [...shown, own.toNext.member]);
    const before = await this.notes.placesOn(readable.list, readable.notedOn);
    const movementOf = (ranked: Ranked): number | null => {
      const then = before.get(ranked.member);
      return then === undefined ? null : then - ranked.place;
    };
    return {
      row: (ranked) => rowOf(ranked, faces, movementOf(ranked)),
      own: ({ score, isHidden, placed, toNext }) => ({
        score,
        hidden: isHidden,
        place: placed?.place ?? null,
        rank: placed?.rank ?? null,
        movement: placed === null ? null : movementOf(placed),
        toNext:
          toNext === null
            ? null
            : {
                points: toNext.points,
                alias: faces.get(toNext.member)?.alias ?? null,
                label: faces.get(toNext.member)?.label ?? '',
              },
      }),
    };
  }

  private async readPodium(scope: Scope): Promise<Podium> {
    const at = new Date(this.clock.now()).toISOString();
    const [board] = (await this.programs.inForce(scope.program, this.clock.now())).boards;
    if (board === undefined) return { board: null, rows: [], at };
    const readable = await this.presentRun(scope, board);
    const ranking = await this.rank(scope, readable, null, TOP);
    const show = await this.shower(scope, readable, ranking);
    const { id, name, currency } = board;
    const rows = ranking.rows.map(show.row).map(({ rank, alias, label, score }) => ({ rank, alias, label, score }));
    return { board: { id, name, currency, run: runView(readable) }, rows, at };
  }
}

interface Shower {
  readonly row: (ranked: Ranked) => BoardRow;
  readonly own: (own: OwnRank) => OwnPlace;
}

export function headOf({ id, name, description, currency, period, ties }: Board) {
  return { id, name, ...(description === undefined ? {} : { description }), currency, period, ties };
}

function runView({ run, stored }: Pick<ReadableRun, 'run' | 'stored'>): BoardRun {
  return { id: run, ...datesOf(run), closedAt: stored?.closedAt?.toISOString() ?? null };
}

function rankFrozen(top: readonly FrozenPlace[], { ties }: Board): Ranked[] {
  return rankRows(top, 0, 0, ties);
}

export function rowOf(
  { member, place, rank, score }: Ranked,
  faces: ReadonlyMap<string, Face>,
  movement: number | null,
): BoardRow {
  const face = faces.get(member) ?? { alias: null, label: `·${member.slice(-4)}`, tier: null };
  return { place, rank, ...face, score, movement };
}
