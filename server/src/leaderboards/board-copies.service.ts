import { Inject, Injectable } from '@nestjs/common';
import { addDays, lastDayOf } from '#engine/calendar.js';
import { ProjectionsService } from '#ledger/projections.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { ProgramsService } from '#programs/programs.service.js';
import { BoardCopiesRepository } from './board-copies.repository.js';
import { BoardRunsRepository } from './board-runs.repository.js';
import { countedShape } from './count-entries.js';
import type { BoardRunDocument } from './leaderboards.schema.js';
import { StandingsRepository } from './standings.repository.js';

const PLACES_PER_PAGE = 1_000;
const SETTLE_MS = 5_000;
/** So many days every copy is kept, then one a month: what is asked of longer ago only reads more entries. */
const KEEP_DAYS = 35;

/** Copies the runs that go on, once a local day each: ranks of the past are computed from there. */
@Injectable()
export class BoardCopies {
  private thinnedOn = '';

  constructor(
    private readonly standings: StandingsRepository,
    private readonly runs: BoardRunsRepository,
    private readonly copies: BoardCopiesRepository,
    @Inject(ProgramsService) private readonly programs: Pick<ProgramsService, 'find' | 'inForce'>,
    @Inject(ProjectionsService) private readonly projections: Pick<ProjectionsService, 'settles' | 'watermarks'>,
    private readonly clock: Clock,
  ) {}

  /** A copy that a lagging lane or a rebuild would spoil is left to the next time. */
  async copyDay(): Promise<void> {
    const now = this.clock.now();
    let isSettled: boolean | null = null;
    for (const run of await this.runs.listOpen()) {
      const zone = (await this.programs.find(run.program))?.zone ?? 'UTC';
      const today = localDateOf(now, zone);
      const endsOn = lastDayOf(run.run);
      if ((endsOn !== null && endsOn < today) || (await this.copies.has(run._id, today))) continue;
      isSettled ??= await this.projections.settles('boards', SETTLE_MS);
      if (!isSettled) return;
      await this.copy(run, today);
    }
    await this.thinOut(localDateOf(now, 'UTC'));
  }

  private async copy({ _id: list, program, board: id }: BoardRunDocument, day: string): Promise<void> {
    const board = (await this.programs.inForce(program, this.clock.now())).boards.find((one) => one.id === id);
    if (board === undefined) return;
    const heads = await this.projections.watermarks('boards');
    let pages = 0;
    let latestMs = 0;
    for await (const page of this.standings.pages(list, PLACES_PER_PAGE)) {
      const places = page.map(({ member, score, reachedAt, seq }) => ({
        member,
        score,
        reachedAtMs: reachedAt.getTime(),
        seq,
      }));
      await this.copies.putPage(list, day, pages, places);
      pages += 1;
      latestMs = places.reduce((latest, { reachedAtMs }) => Math.max(latest, reachedAtMs), latestMs);
    }
    // A rebuild that began meanwhile may have emptied what was still to be read.
    if (!(await this.projections.settles('boards', SETTLE_MS))) return;
    const throughAt = new Date(Math.max(this.clock.now(), latestMs));
    await this.copies.put({ list, day, throughAt, heads, shape: countedShape([board]), pages });
  }

  private async thinOut(today: string): Promise<void> {
    if (this.thinnedOn === today) return;
    await this.copies.thinOut(addDays(today, -KEEP_DAYS));
    this.thinnedOn = today;
  }
}
