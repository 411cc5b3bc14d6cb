import { Injectable } from '@nestjs/common';
import type { UndoReport, UndoStatus } from '@verbena/shared/undo/undo-plans.routes.js';
import type { UndoOfMember } from '#ledger/undo-past.service.js';
import { Clock } from '#platform/clock/clock.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { runInChild } from '#platform/queues/run-in-child.js';
import { ProgramsService } from '#programs/programs.service.js';
import type { UndoInput, UndoProgress } from './run-undo.service.js';
import { UndoRepository } from './undo.repository.js';
import type { UndoPlanDocument } from './undo.schema.js';

const WATCH_MS = 1_000;

/** Has the past gone through in a process of its own, and tells how far that is. */
@Injectable()
export class UndoRuns {
  constructor(
    private readonly repository: UndoRepository,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  /** `each` gets every member's undo; where it answers a promise, so many at once are waited for at the end. Null: no longer wanted. */
  async run(plan: UndoPlanDocument, each: ((found: UndoOfMember) => void) | null): Promise<UndoReport | null> {
    const scope = scopeOf(plan.program);
    const currency = (await this.programs.definitions(scope)).definitions.currencies[0]?.id ?? '';
    // Only from here on is somebody at work on it: who fails before must not seem to be.
    const stop = new AbortController();
    const status: UndoStatus = each === null ? 'planning' : 'applying';
    let progress = { members: 0, total: plan.progress.total };
    const watch = setInterval(() => {
      void this.repository
        .change(plan._id, [status], { progress, touchedAt: this.now() })
        .then((found) => found ?? stop.abort())
        .catch(() => undefined);
    }, WATCH_MS);
    const { version, instead, rule, from, until, shortage } = plan;
    const input: UndoInput = {
      scope,
      wish: {
        ...{ plan: plan._id, version, instead, from, until, shortage },
        ...(rule === null ? {} : { without: rule }),
      },
      currency,
      tells: each !== null,
    };
    try {
      // The child boots a whole server that leads nothing, so it stands with the other entry points above the modules.
      return await runInChild<UndoReport>('../commands/undo.child', import.meta.url, input, {
        signal: stop.signal,
        onProgress: (told) => {
          const { done, total, found } = told as UndoProgress;
          progress = { members: done, total };
          if (found !== null) each?.(found);
        },
      });
    } catch (error) {
      if (stop.signal.aborted) return null;
      throw error;
    } finally {
      clearInterval(watch);
    }
  }

  now(): Date {
    return new Date(this.clock.now());
  }
}
