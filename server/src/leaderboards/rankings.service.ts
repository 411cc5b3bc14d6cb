import { Injectable, Logger } from '@nestjs/common';
import type { TiePolicy } from '@verbena/shared/leaderboards/board.js';
import type { Scope } from '#platform/mongo/scope.js';
import { BoardMirror, type RankedPage } from './board-mirror.repository.js';
import { type StandingDocument, standingId } from './leaderboards.schema.js';
import { type Placed, scoreKey } from './place-order.js';
import { pointsToPass, type Ranked, rankRows } from './rank-rows.js';
import { StandingsCopies } from './standings-copies.service.js';
import { StandingsRepository } from './standings.repository.js';

const AROUND = 3;

/** Where the asking member stands; without a place it has a score all the same, 0 where it earned nothing. */
export interface OwnRank {
  readonly score: number;
  readonly isHidden: boolean;
  readonly placed: Ranked | null;
  readonly toNext: { readonly member: string; readonly points: number } | null;
  readonly around: readonly Ranked[];
}

export interface Ranking {
  readonly total: number;
  readonly rows: readonly Ranked[];
  readonly own: OwnRank | null;
}

export interface RankingQuestion {
  readonly list: string;
  readonly ties: TiePolicy;
  readonly member: string | null;
  readonly rows: number;
  /** A closed run stands in MongoDB only. */
  readonly isClosed: boolean;
}

/** Places of one run, from the mirror where that is whole, else from MongoDB: the same, a moment old or slower. */
@Injectable()
export class Rankings {
  private readonly logger = new Logger('Boards');

  constructor(
    private readonly mirror: BoardMirror,
    private readonly standings: StandingsRepository,
    private readonly copies: StandingsCopies,
  ) {}

  async read(scope: Scope, question: RankingQuestion): Promise<Ranking> {
    const { list, ties, member, rows } = question;
    const page =
      (await this.readMirror(question)) ??
      (await this.copies.read(list, member, rows, AROUND)) ??
      (await this.readStandings(list, member, rows));
    const ranked = rankRows(page.top, 0, 0, ties);
    if (member === null) return { total: page.total, rows: ranked, own: null };
    const own = await this.ownRank(scope, list, member, page, ties);
    return { total: page.total, rows: ranked, own };
  }

  private async readMirror({ list, member, rows, isClosed }: RankingQuestion): Promise<RankedPage | null> {
    if (isClosed || !this.mirror.isReady) return null;
    try {
      return await this.mirror.read(list, member, rows);
    } catch (error) {
      this.logger.debug(`The mirror does not answer: ${String(error)}`);
      return null;
    }
  }

  private async readStandings(list: string, member: string | null, rows: number): Promise<RankedPage> {
    const found = member === null ? null : ((await this.standings.find([standingId(list, member)]))[0] ?? null);
    const top = (await this.standings.after(list, null, rows)).map(placedOfStanding);
    // These are readings of several moments: counted after the rows, and never fewer than are shown.
    const total = top.length < rows ? top.length : Math.max(top.length, await this.standings.count(list));
    if (found === null || found.order === null) return { total, top, own: null };
    const key = found.order;
    const place = await this.standings.countBefore(list, key);
    const above = (await this.standings.before(list, key, AROUND)).toReversed();
    const below = await this.standings.after(list, key, AROUND);
    const around = [...above, found, ...below].map(placedOfStanding);
    const moreThan = (score: number): Promise<number> => this.standings.countBefore(list, scoreKey(list, score));
    const [next] = await this.standings.before(list, scoreKey(list, found.score), 1);
    return {
      total: Math.max(total, place + 1),
      top,
      own: {
        place,
        around,
        firstPlace: place - above.length,
        moreThanFirst: await moreThan(around[0]?.score ?? 0),
        moreThanOwn: await moreThan(found.score),
        next: next === undefined ? null : placedOfStanding(next),
      },
    };
  }

  private async ownRank(
    scope: Scope,
    list: string,
    member: string,
    { own }: RankedPage,
    ties: TiePolicy,
  ): Promise<OwnRank> {
    const around = own === null ? [] : rankRows(own.around, own.firstPlace, own.moreThanFirst, ties);
    const placed = own === null ? undefined : around[own.place - own.firstPlace];
    if (own === null || placed === undefined) {
      const standing = await this.standings.own(scope, standingId(list, member));
      return {
        score: standing?.score ?? 0,
        isHidden: standing?.hidden ?? (await this.isHidden(member)),
        placed: null,
        toNext: null,
        around: [],
      };
    }
    // Among equals who share a rank, the next one up is the first with more points.
    const next = ties === 'shared' ? own.next : (around[own.place - own.firstPlace - 1] ?? null);
    const toNext = next === null ? null : { member: next.member, points: pointsToPass(placed.score, next.score) };
    return { score: placed.score, isHidden: false, placed, toNext, around };
  }

  private async isHidden(member: string): Promise<boolean> {
    const [said] = await this.standings.findMembers([member]);
    return said !== undefined && (said.isHidden || said.hasLeft);
  }
}

function placedOfStanding({ member, score, reachedAt }: StandingDocument): Placed {
  return { member, score, reachedAtMs: reachedAt.getTime() };
}
