import { Controller } from '@nestjs/common';
import {
  type ArchivedRun,
  BOARD_ROWS_MAX,
  type BoardPage,
  type BoardSummary,
  getBoard,
  getPodium,
  listBoardRuns,
  listBoards,
  listPlaces,
  type PlaceThen,
  type Podium,
  rebuildBoards,
} from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { ProjectionsService } from '#ledger/projections.service.js';
import { Implements, RouteParam, RouteQuery } from '#platform/http/implements.decorator.js';
import { InScope, MemberRefParam, OwnMember } from '#platform/http/tenant.js';
import type { Scope } from '#platform/mongo/scope.js';
import { PastBoards } from './past-boards.service.js';
import { LeaderboardsService } from './leaderboards.service.js';

const RUNS = 30;

@Controller()
export class LeaderboardsController {
  constructor(
    private readonly boards: LeaderboardsService,
    private readonly pasts: PastBoards,
    private readonly projections: ProjectionsService,
  ) {}

  @Implements(listBoards)
  async list(@InScope() scope: Scope, @OwnMember() member: string | null): Promise<{ items: BoardSummary[] }> {
    return { items: await this.boards.list(scope, member) };
  }

  @Implements(getBoard)
  async page(
    @InScope() scope: Scope,
    @OwnMember() member: string | null,
    @RouteParam('board') board: string,
    @RouteQuery(getBoard) query: { readonly run?: string; readonly limit?: number; readonly asOf?: string },
  ): Promise<BoardPage> {
    const { asOf, run = null, limit = BOARD_ROWS_MAX } = query;
    if (asOf !== undefined) return this.pasts.page(scope, board, { run, asOf, member, limit });
    return this.boards.page(scope, board, query.run ?? null, member, query.limit ?? BOARD_ROWS_MAX);
  }

  @Implements(listPlaces)
  async places(
    @InScope() scope: Scope,
    @MemberRefParam() member: string,
    @RouteQuery(listPlaces) query: { readonly asOf?: string },
  ): Promise<{ asOf: string; items: PlaceThen[] }> {
    return this.pasts.places(scope, member, query.asOf ?? null);
  }

  @Implements(listBoardRuns)
  async runs(
    @InScope() scope: Scope,
    @RouteParam('board') board: string,
    @RouteQuery(listBoardRuns) query: { readonly limit?: number },
  ): Promise<{ items: ArchivedRun[] }> {
    return { items: await this.boards.archive(scope, board, query.limit ?? RUNS) };
  }

  @Implements(getPodium)
  async podium(@InScope() scope: Scope): Promise<Podium> {
    return this.boards.podium(scope.program);
  }

  @Implements(rebuildBoards)
  async rebuild(@InScope() scope: Scope): Promise<{ started: boolean }> {
    await this.projections.rebuild('boards', scope);
    return { started: true };
  }
}
