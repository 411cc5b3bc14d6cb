import { Inject, Injectable, Logger } from '@nestjs/common';
import { lastDayOf } from '#engine/calendar.js';
import { ProjectionsService } from '#ledger/projections.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { hashOf } from '#platform/crypto/hash.js';
import { ProgramsService } from '#programs/programs.service.js';
import { BoardMirror } from './board-mirror.repository.js';
import { BoardRunsRepository } from './board-runs.repository.js';
import type { BoardRunDocument, FrozenPlace } from './leaderboards.schema.js';
import { StandingsRepository } from './standings.repository.js';

const PLACES_PER_PAGE = 1_000;
const TOP = 3;
/** Nodes' clocks may differ by so much: nobody decides any more what would still be in time. */
const SKEW_MS = 5_000;
const SETTLE_MS = 5_000;
/** Who began to read a run while it was open has finished by then. */
const READERS_MS = 60_000;
/** Done again and again so long; what a stopped server leaves behind is read by nobody. */
const FORGET_MS = READERS_MS + 120_000;

/** What happens to runs by the calendar. Everything may be done twice, and again after it was broken off. */
@Injectable()
export class BoardCalendar {
  private readonly logger = new Logger('Boards');

  constructor(
    private readonly standings: StandingsRepository,
    private readonly runs: BoardRunsRepository,
    private readonly mirror: BoardMirror,
    @Inject(ProgramsService) private readonly programs: Pick<ProgramsService, 'find'>,
    @Inject(ProjectionsService) private readonly projections: Pick<ProjectionsService, 'settles'>,
    private readonly clock: Clock,
  ) {}

  /** Notes the order of each run that goes on, once a local day: movement is counted from there. */
  async noteDay(): Promise<void> {
    const now = this.clock.now();
    const zones = new Map<string, string>();
    for (const run of await this.runs.listOpen()) {
      let zone = zones.get(run.program);
      if (zone === undefined) {
        zone = (await this.programs.find(run.program))?.zone ?? 'UTC';
        zones.set(run.program, zone);
      }
      const today = localDateOf(now, zone);
      const endsOn = lastDayOf(run.run);
      const goesOn = endsOn === null || endsOn >= today;
      if (goesOn && (run.notedOn === null || run.notedOn < today)) await this.note(run._id, today);
    }
  }

  /**
   * Closes what is over: first nothing more comes in but what was decided in time, then the last batches are waited for, then
   * the standings are written down for ever. Where a lane lags, the next time does it.
   */
  async closeDue(): Promise<void> {
    const now = new Date(this.clock.now() - SKEW_MS);
    if ((await this.runs.listDue(now)).length === 0) return;
    if (!(await this.projections.settles('boards', SETTLE_MS))) return;
    for (const { _id } of await this.runs.listDue(now)) await this.runs.freeze(_id, now);
    // What was in flight when that was written is in the standings when all groups until now are.
    if (!(await this.projections.settles('boards', SETTLE_MS))) return;
    for (const run of await this.runs.listDue(now)) if (run.state === 'closing') await this.seal(run);
  }

  /** Drops what only open runs need, once nobody can be reading it. */
  async forgetClosed(): Promise<void> {
    const now = this.clock.now();
    const lists = await this.runs.listClosedBetween(new Date(now - FORGET_MS), new Date(now - READERS_MS));
    if (lists.length === 0) return;
    for (const list of lists) await this.runs.dropNotes(list, null);
    if (this.mirror.isReady) await this.mirror.drop(null, lists);
  }

  private async note(list: string, day: string): Promise<void> {
    let number = 0;
    for await (const places of this.pagesOf(list)) {
      const members = places.map(({ member }) => member);
      await this.runs.putNote({ _id: `${list}|${day}|${pageNumber(number)}`, list, day, number, members });
      number += 1;
    }
    await this.runs.markNoted(list, day);
    await this.runs.dropNotes(list, day);
  }

  private async seal({ _id: list }: BoardRunDocument): Promise<void> {
    const hashes: string[] = [];
    const top: FrozenPlace[] = [];
    let total = 0;
    for await (const places of this.pagesOf(list)) {
      const number = hashes.length;
      const sha256 = hashOf('boardPage', list, number, places);
      await this.runs.putPage({ _id: `${list}|${pageNumber(number)}`, list, number, places, sha256 });
      hashes.push(sha256);
      total += places.length;
      if (number === 0) top.push(...places.slice(0, TOP));
    }
    const sha256 = hashOf('boardRun', list, ...hashes);
    await this.runs.close(list, { closedAt: new Date(this.clock.now()), total, sha256, top });
    this.logger.debug(`Closed ${list} with ${total} members.`);
  }

  private async *pagesOf(list: string): AsyncGenerator<FrozenPlace[]> {
    for await (const page of this.standings.pages(list, PLACES_PER_PAGE))
      yield page.map(({ member, score, reachedAt }) => ({ member, score, reachedAtMs: reachedAt.getTime() }));
  }
}

function pageNumber(number: number): string {
  return String(number).padStart(6, '0');
}
