import { Injectable, Module } from '@nestjs/common';
import * as board from '@verbena/shared/leaderboards/board.js';
import * as leaderboardsRoutes from '@verbena/shared/leaderboards/leaderboards.routes.js';
import * as standingsMoved from '@verbena/shared/leaderboards/standings-moved.js';
import { NamesSchemas } from '#platform/serving/component-schemas.js';
import { LedgerModule } from '#ledger/ledger.module.js';
import { MembersModule } from '#members/members.module.js';
import { ProgramsModule } from '#programs/programs.module.js';
import { ProvidesDefinitions, type DefinitionProvider } from '#programs/definition-source.port.js';
import { declareJobs } from '#platform/queues/job.js';
import { RealtimeModule } from '#realtime/realtime.module.js';
import { BoardCalendar } from './board-calendar.service.js';
import { BoardCopies } from './board-copies.service.js';
import { BoardCopiesRepository } from './board-copies.repository.js';
import { BoardFaces } from './board-faces.service.js';
import { BoardMirror } from './board-mirror.repository.js';
import { BoardNotes } from './board-notes.service.js';
import { BoardPast } from './board-past.service.js';
import { BoardRunsRepository } from './board-runs.repository.js';
import { BoardsCheck } from './boards-check.service.js';
import { boardsSource } from './boards.definitions.js';
import { LeaderboardsController } from './leaderboards.controller.js';
import { tendBoards } from './leaderboards.jobs.js';
import { BoardsProjector } from './leaderboards.projector.js';
import { BoardStreams } from './leaderboards.push.js';
import { LeaderboardsService } from './leaderboards.service.js';
import { TendBoardsWorker } from './leaderboards.worker.js';
import { PastBoards } from './past-boards.service.js';
import { Rankings } from './rankings.service.js';
import { StandingsCopies } from './standings-copies.service.js';
import { StandingsRepository } from './standings.repository.js';

@ProvidesDefinitions()
@Injectable()
class BoardsDefinitions implements DefinitionProvider {
  readonly source = boardsSource;
}

/**
 * Owns: what boards are, `standings`, `boardMembers`, `boardRuns`, `boardPages`, `boardNotes`, `boardCopies`, `boardCopyPages`, and their mirror in Redis. Takes
 * in: committed entries, as a projection of the ledger. Gives out: boards and places over HTTP, and the streams `board:…`.
 */
@NamesSchemas(board, leaderboardsRoutes, standingsMoved)
@Module({
  imports: [LedgerModule, MembersModule, ProgramsModule, RealtimeModule],
  controllers: [LeaderboardsController],
  providers: [
    BoardsDefinitions,
    BoardsProjector,
    StandingsRepository,
    BoardRunsRepository,
    BoardMirror,
    Rankings,
    StandingsCopies,
    BoardFaces,
    BoardNotes,
    LeaderboardsService,
    BoardStreams,
    BoardCalendar,
    BoardCopiesRepository,
    BoardCopies,
    BoardPast,
    PastBoards,
    BoardsCheck,
    declareJobs(tendBoards),
    TendBoardsWorker,
  ],
})
export class LeaderboardsModule {}
