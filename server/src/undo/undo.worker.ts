import { Injectable, Logger } from '@nestjs/common';
import { UndoPast, type UndoOfMember } from '#ledger/undo-past.service.js';
import { Clock } from '#platform/clock/clock.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { DoesJob, type JobHandler } from '#platform/queues/job.js';
import { QueuesService } from '#platform/queues/queues.service.js';
import { applyUndo, findUndo, resumeUndo } from './undo.jobs.js';
import { UndoRuns } from './undo-runs.service.js';
import { UndoRepository } from './undo.repository.js';
import type { UndoPlanDocument } from './undo.schema.js';

/** So often the past is gone through again for members who went on meanwhile; each time there are fewer. */
const PASSES_MAX = 20;
const PAUSE_MS = 500;
/** So many members are on their way to their lanes at once: the tills come first. */
const AT_ONCE = 16;
/** Whoever is at work says so every second; after so long it is not any more. */
const LOST_MS = 10_000;

/** Works a plan out. */
@Injectable()
@DoesJob(findUndo)
export class FindUndoWorker implements JobHandler<typeof findUndo.payload> {
  private readonly logger = new Logger('Undo');

  constructor(
    private readonly repository: UndoRepository,
    private readonly runs: UndoRuns,
  ) {}

  async run({ plan: id }: { plan: string }): Promise<void> {
    const plan = await this.repository.findAny(id);
    // Given up while it waited, or done by a worker that was believed dead.
    if (plan?.status !== 'planning') return;
    try {
      const report = await this.runs.run(plan, null);
      if (report === null) return;
      for (const { member, reason } of report.undecided)
        this.logger.error(`The undo plan ${id} leaves member ${member} out: ${reason}`);
      const progress = { members: report.concerned, total: report.concerned };
      await this.repository.change(id, ['planning'], { status: 'planned', report, progress });
    } catch (error) {
      this.logger.error(`The undo plan ${id} could not be worked out: ${String(error)}`);
      await this.repository.change(id, ['planning'], { status: 'failed', endedAt: this.runs.now() });
    }
  }
}

/** Carries a plan out: goes through the past and books member by member, until nobody is left. */
@Injectable()
@DoesJob(applyUndo)
export class ApplyUndoWorker implements JobHandler<typeof applyUndo.payload> {
  private readonly logger = new Logger('Undo');
  private readonly atWork = new Set<string>();

  constructor(
    private readonly repository: UndoRepository,
    private readonly runs: UndoRuns,
    private readonly past: UndoPast,
    private readonly clock: Clock,
  ) {}

  async run({ plan: id }: { plan: string }): Promise<void> {
    const plan = await this.repository.findAny(id);
    // Taken up again while it is being done: what is there is enough.
    if (plan?.status !== 'applying' || this.atWork.has(id)) return;
    this.atWork.add(id);
    try {
      for (let pass = 1; pass <= PASSES_MAX; pass += 1) {
        const left = await this.pass(plan);
        if (left === 0) return await this.finish(id);
        await this.clock.pause(PAUSE_MS);
      }
      this.logger.error(`The undo ${id} did not end after ${PASSES_MAX} passes; it goes on by itself.`);
    } finally {
      this.atWork.delete(id);
    }
  }

  /** Answers how many members have to be gone through again. */
  private async pass(plan: UndoPlanDocument): Promise<number> {
    const scope = scopeOf(plan.program);
    const open: Extract<UndoOfMember, { undo: unknown }>[] = [];
    let left = 0;
    const book = async (): Promise<void> => {
      for (let next = open.shift(); next !== undefined; next = open.shift()) {
        const { member, shard, undo } = next;
        if (undo === null) continue;
        const booked = await this.past.apply(scope, { member, shard, undo }, plan.message);
        if (booked === 'moved') left += 1;
        // The others are corrected all the same.
        if (booked === 'failed') this.logger.error(`The undo ${plan._id} could not be booked for member ${member}.`);
      }
    };
    const books = new Set<Promise<void>>();
    const failures: Error[] = [];
    const report = await this.runs.run(plan, (found) => {
      if ('reason' in found) return;
      open.push(found);
      if (books.size >= AT_ONCE) return;
      const one: Promise<void> = book()
        .catch((error: unknown) => {
          failures.push(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => books.delete(one));
      books.add(one);
    });
    await Promise.all(books);
    await book();
    const [failure] = failures;
    if (failure !== undefined) throw failure;
    if (report !== null && report.undecidedCount > 0)
      this.logger.error(`The undo ${plan._id} leaves ${report.undecidedCount} members out that cannot be worked out.`);
    return left;
  }

  private async finish(id: string): Promise<void> {
    const plan = await this.repository.findAny(id);
    if (plan === null) return;
    // From the books, not counted on the way: whoever began it may have been killed.
    const applied = await this.past.outcomeOf(scopeOf(plan.program), id);
    const progress = { members: applied.members, total: applied.members };
    await this.repository.change(id, ['applying'], { status: 'applied', endedAt: this.runs.now(), progress, applied });
    this.logger.log(`The undo ${id} corrected ${applied.members} members.`);
  }
}

/** Hands in again what nobody is at work on any more. */
@Injectable()
@DoesJob(resumeUndo)
export class ResumeUndoWorker implements JobHandler {
  constructor(
    private readonly repository: UndoRepository,
    private readonly queues: QueuesService,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    for (const { _id: plan, status, touchedAt } of await this.repository.listAtWork()) {
      if (this.clock.now() - touchedAt.getTime() < LOST_MS) continue;
      await this.queues.add(status === 'planning' ? findUndo : applyUndo, { plan });
    }
  }
}
