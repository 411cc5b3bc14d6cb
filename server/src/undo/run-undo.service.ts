import { Injectable } from '@nestjs/common';
import type { UndoReport } from '@verbena/shared/undo/undo-plans.routes.js';
import { type UndoOfMember, UndoPast, type UndoWish } from '#ledger/undo-past.service.js';
import type { Scope } from '#platform/mongo/scope.js';
import { UndoTally } from './tally-undo.js';

/** How often somebody hears how far it is. */
const TELL_MS = 500;

/** What a child process is asked: only to add up, or to tell every member's undo on the way. */
export interface UndoInput {
  readonly scope: Scope;
  readonly wish: UndoWish;
  readonly currency: string;
  readonly tells: boolean;
}

/** What it tells on the way. */
export interface UndoProgress {
  readonly done: number;
  readonly total: number;
  readonly found: UndoOfMember | null;
}

/** Works an undo out; in the child process. */
@Injectable()
export class RunUndo {
  constructor(private readonly past: UndoPast) {}

  async run({ scope, wish, currency, tells }: UndoInput, tell: (progress: UndoProgress) => void): Promise<UndoReport> {
    const tally = new UndoTally(currency);
    const concerned = await this.past.listConcerned(scope, wish);
    let toldMs = performance.now();
    let [done, total] = [0, 1];
    const each = (now: number, of: number): void => {
      [done, total] = [now, of];
      if (performance.now() - toldMs < TELL_MS) return;
      toldMs = performance.now();
      tell({ done, total, found: null });
    };
    for await (const found of this.past.find(scope, wish, each)) {
      tally.add(found);
      if (tells && !('reason' in found) && found.undo !== null) tell({ done, total, found });
    }
    return tally.report(concerned.length);
  }
}
