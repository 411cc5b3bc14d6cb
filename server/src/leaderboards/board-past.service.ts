import { Inject, Injectable } from '@nestjs/common';
import type { Board, RunId } from '@verbena/shared/leaderboards/board.js';
import { JournalPast, type PastMovement } from '#ledger/journal-past.service.js';
import { startOfDate } from '#platform/clock/calendar.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { BoardCopiesRepository, type CopiedPlace } from './board-copies.repository.js';
import { BoardRunsRepository } from './board-runs.repository.js';
import { closingOf, countedShape, type CountedProgram, VISIBLE } from './count-entries.js';
import { MemberCount } from './member-count.js';
import { comparePlaced, listOf, type Placed } from './place-order.js';
import { type Ranked, rankRows } from './rank-rows.js';
import { Rankings } from './rankings.service.js';
import { datesOf } from './run-calendar.js';
import { StandingsRepository } from './standings.repository.js';

/** An activity may lie a few minutes in the future, so entries for a run may be so much older than it. */
const EARLY_MS = 600_000;

/** How a run stood at a moment. `own` is the asked member's: without a place it has a score all the same. */
export interface RankingThen {
  readonly total: number;
  readonly rows: readonly Ranked[];
  readonly own: { readonly score: number; readonly isHidden: boolean; readonly placed: Ranked | null } | null;
  /** When it was closed, where it was by then. */
  readonly closedAt: Date | null;
}

interface Score extends CopiedPlace {
  readonly isHidden: boolean;
}

/**
 * Boards as they stood at a moment: a run that was closed by then from its frozen standings, one that was open from its last
 * copy before and the entries since, by `at`. Exact; only how much is read depends on the copies.
 */
@Injectable()
export class BoardPast {
  constructor(
    private readonly copies: BoardCopiesRepository,
    private readonly runs: BoardRunsRepository,
    private readonly standings: StandingsRepository,
    private readonly rankings: Rankings,
    private readonly journal: JournalPast,
    @Inject(ProgramsService) private readonly programs: Pick<ProgramsService, 'get'>,
  ) {}

  async read(
    scope: Scope,
    board: Board,
    run: RunId,
    atMs: number,
    { member, rows }: { readonly member: string | null; readonly rows: number },
  ): Promise<RankingThen> {
    const list = listOf(scope.program, board.id, run);
    const [stored] = await this.runs.find([list]);
    if (stored?.state === 'closed' && stored.closedAt !== null && stored.closedAt.getTime() <= atMs) {
      const question = { list, ties: board.ties, member, rows, isClosed: true };
      const { total, rows: ranked, own } = await this.rankings.read(scope, question);
      return { total, rows: ranked, own, closedAt: stored.closedAt };
    }
    const scores = await this.scoresAt(scope, board, run, atMs, member);
    const placed: Placed[] = [...scores.values()].filter(({ score, isHidden }) => score > 0 && !isHidden);
    const ranked = rankRows(placed.toSorted(comparePlaced), 0, 0, board.ties);
    const mine = member === null ? undefined : scores.get(member);
    const own =
      member === null
        ? null
        : {
            score: mine?.score ?? 0,
            isHidden: mine?.isHidden ?? false,
            placed: ranked.find((one) => one.member === member) ?? null,
          };
    return { total: ranked.length, rows: ranked.slice(0, rows), own, closedAt: null };
  }

  private async scoresAt(
    scope: Scope,
    board: Board,
    run: RunId,
    atMs: number,
    member: string | null,
  ): Promise<ReadonlyMap<string, Score>> {
    const program = await this.readProgram(scope, board);
    const list = listOf(scope.program, board.id, run);
    const base = await this.copies.findBefore(list, new Date(atMs), countedShape([board]));
    const scores = new Map<string, Score>();
    if (base !== null)
      for await (const page of this.copies.readPlaces(base))
        for (const place of page) scores.set(place.member, { ...place, isHidden: false });
    const from =
      base === null ? await this.beginningOf(program, run) : new Map(base.heads.map(({ lane, q }) => [lane, q]));
    const since = await this.countSince(scope, program, from, await this.journal.headsAt(atMs), atMs);
    if (member !== null && !since.has(member) && !scores.has(member))
      since.set(member, new MemberCount(program, member, 0));
    const spoken = new Set((await this.standings.findMembers([...since.keys()])).map(({ _id }) => _id));
    for (const [id, count] of since) {
      const known = scores.get(id);
      // Who is not in the copy may have been hidden, or below zero: its own journal knows. Before the run's first copy
      // everybody begins with nothing.
      const isWhole = known === undefined && (base !== null || id === member || spoken.has(id));
      const counted = isWhole ? await this.countJournal(program, id, atMs) : count;
      scores.set(id, scoreOf(known, counted, board.id, run));
    }
    return scores;
  }

  private async countSince(
    scope: Scope,
    program: CountedProgram,
    from: ReadonlyMap<string, number>,
    to: ReadonlyMap<string, number>,
    atMs: number,
  ): Promise<Map<string, MemberCount>> {
    const until = new Date(atMs).toISOString();
    const since = new Map<string, MemberCount>();
    for await (const page of this.journal.between(scope, from, to))
      for (const entry of page) if (entry.at <= until) take(since, program, entry);
    for (const [id, count] of since) if (count.isEmpty) since.delete(id);
    return since;
  }

  private async countJournal(program: CountedProgram, member: string, atMs: number): Promise<MemberCount> {
    const count = new MemberCount(program, member, 0);
    for await (const page of this.journal.journalUntil(member, atMs)) for (const entry of page) count.take(entry);
    return count;
  }

  /** Where the lanes stood when a run began; what was over before the program was made is imported history, from the first on. */
  private async beginningOf(program: CountedProgram, run: RunId): Promise<ReadonlyMap<string, number>> {
    const { startsOn } = datesOf(run);
    if (startsOn === null || closingOf(program, run).kind !== 'dated') return new Map();
    return this.journal.headsAt(startOfDate(startsOn, program.zone) - EARLY_MS);
  }

  private async readProgram(scope: Scope, board: Board): Promise<CountedProgram> {
    const { _id: id, zone, time, createdAt } = await this.programs.get(scope);
    return { id, zone, time, createdAtMs: createdAt.getTime(), boards: [board] };
  }
}

function take(since: Map<string, MemberCount>, program: CountedProgram, entry: PastMovement): void {
  let count = since.get(entry.member);
  if (count === undefined) {
    count = new MemberCount(program, entry.member, entry.shard);
    since.set(entry.member, count);
  }
  count.take(entry);
}

/** What a member had, and what its entries say since: those that are in the copy already count once. */
function scoreOf(known: Score | undefined, count: MemberCount, board: string, run: RunId): Score {
  let { score, reachedAtMs, seq } = known ?? { score: 0, reachedAtMs: 0, seq: 0 };
  const own = [...count.totals].find((total) => total.board === board && total.run === run);
  for (const movement of own?.movements ?? []) {
    if (movement.seq <= seq) continue;
    score += movement.amount;
    reachedAtMs = movement.atMs;
    ({ seq } = movement);
  }
  const { isHidden, hasLeft } = count.visibilityAfter(VISIBLE);
  return { member: count.member, score, reachedAtMs, seq, isHidden: isHidden || hasLeft };
}
