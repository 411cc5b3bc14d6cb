import { Injectable } from '@nestjs/common';
import type { Scope } from '#platform/mongo/scope.js';
import type { JournalEntry, PastMovement } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';

export type { JournalEntry, PastMovement } from './journal-entry.js';

const GROUPS_PER_READ = 256;
const ENTRIES_PER_READ = 500;

/** How views above read a stretch of the journal again, by `at`. */
@Injectable()
export class JournalPast {
  constructor(private readonly journal: LedgerRepository) {}

  /** The last group of each lane that was committed by a moment; lanes without one stand at 0. */
  async headsAt(atMs: number): Promise<ReadonlyMap<string, number>> {
    const heads = new Map<string, number>();
    for (const { _id: lane, q, at } of await this.journal.listLanes())
      heads.set(lane, at.getTime() <= atMs ? q : await this.lastGroup(lane, q, atMs));
    return heads;
  }

  /** The entries of a program in the groups after some heads up to others; each member's in order of `seq`. */
  async *between(
    scope: Scope,
    from: ReadonlyMap<string, number>,
    to: ReadonlyMap<string, number>,
  ): AsyncGenerator<readonly PastMovement[]> {
    for (const [lane, throughQ] of to)
      for (let q = from.get(lane) ?? 0; q < throughQ; q += GROUPS_PER_READ)
        yield this.journal.readMovements(scope, lane, q, Math.min(q + GROUPS_PER_READ, throughQ));
  }

  /** A member's journal up to a moment, page by page in order. */
  async *journalUntil(member: string, atMs: number): AsyncGenerator<readonly JournalEntry[]> {
    const until = new Date(atMs).toISOString();
    for (let after = 0; ;) {
      const page = await this.journal.readJournal(member, after, ENTRIES_PER_READ);
      const within = page.filter(({ at }) => at <= until);
      yield within;
      const last = page.at(-1);
      if (within.length < ENTRIES_PER_READ || last === undefined) return;
      after = last.seq;
    }
  }

  /** The time of a lane never runs backwards, so its groups can be searched by halves. */
  private async lastGroup(lane: string, head: number, atMs: number): Promise<number> {
    let [low, high] = [0, head];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const at = await this.journal.findGroupAt(lane, middle);
      if (at !== null && at.getTime() <= atMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
