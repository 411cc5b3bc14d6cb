import { Injectable } from '@nestjs/common';
import { DoesJob, type JobHandler } from '#platform/queues/job.js';
import { BoardCopies } from './board-copies.service.js';
import { BoardCalendar } from './board-calendar.service.js';
import { tendBoards } from './leaderboards.jobs.js';

/** Twice at once, or killed half-way, it comes to the same: every step can be done again. */
@Injectable()
@DoesJob(tendBoards)
export class TendBoardsWorker implements JobHandler<typeof tendBoards.payload> {
  private running: Promise<void> | null = null;

  constructor(
    private readonly calendar: BoardCalendar,
    private readonly copies: BoardCopies,
  ) {}

  async run(): Promise<void> {
    this.running ??= this.tend().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  private async tend(): Promise<void> {
    await this.calendar.noteDay();
    await this.calendar.closeDue();
    await this.calendar.forgetClosed();
    await this.copies.copyDay();
  }
}
