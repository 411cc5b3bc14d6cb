import type { Board } from '@verbena/shared/leaderboards/board.js';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { closesAtMs, runOn } from './run-calendar.js';

/** What counting reads of a program. */
export interface CountedProgram {
  readonly id: string;
  readonly zone: string;
  readonly time: 'wall' | 'activities';
  readonly createdAtMs: number;
  readonly boards: readonly Board[];
}

/** What counting reads of a journal entry. */
export interface CountedEntry {
  readonly seq: number;
  readonly at: string;
  readonly lines: readonly PointsLine[];
  readonly effects: readonly Effect[];
}

/** Points that one entry brings a member on one run of a board, or takes from it. */
export interface Movement {
  readonly board: string;
  readonly run: string;
  readonly amount: number;
  readonly atMs: number;
  readonly seq: number;
}

/** Whether a member stands on boards: what it chose last, and whether it is there at all. */
export interface Visibility {
  readonly seq: number;
  readonly isHidden: boolean;
  readonly hasLeft: boolean;
}

export const VISIBLE: Visibility = { seq: 0, isHidden: false, hasLeft: false };

/**
 * How a run is closed. `dated`: nothing that was decided after its end and the grace counts. `quiet`: it was over before the
 * program was made, so only imported history can fill it; it counts until it has been quiet for a while. `never`: it has no
 * end, or the program's time is that of its activities.
 */
export type Closing = { readonly kind: 'dated'; readonly atMs: number } | { readonly kind: 'quiet' | 'never' };

export function closingOf(program: Pick<CountedProgram, 'zone' | 'time' | 'createdAtMs'>, run: string): Closing {
  const atMs = closesAtMs(run, program.zone);
  if (atMs === null || program.time === 'activities') return { kind: 'never' };
  return atMs < program.createdAtMs ? { kind: 'quiet' } : { kind: 'dated', atMs };
}

/**
 * What an entry moves: what was earned and what was taken back of a board's currency, rewards included, in the run of the
 * lot's day. Expiry and adjustments are none of it; what an account that is joined brings along had been earned. Pure: a rebuild
 * gives the same.
 */
export function movementsOf(program: CountedProgram, entry: CountedEntry): Movement[] {
  const atMs = Date.parse(entry.at);
  const moved = new Map<string, Movement>();
  for (const { currency, amount, day } of earnedBy(entry)) {
    for (const board of program.boards) {
      if (board.currency !== currency) continue;
      const run = runOn(day, board.period);
      const key = `${board.id}|${run}`;
      const before = moved.get(key)?.amount ?? 0;
      moved.set(key, { board: board.id, run, amount: before + amount, atMs, seq: entry.seq });
    }
  }
  return [...moved.values()].filter((movement) => movement.amount !== 0 && isInTime(program, movement));
}

function earnedBy({ lines, effects }: CountedEntry): { currency: string; amount: number; day: string }[] {
  const own = lines.flatMap(({ kind, currency, amount, lot }) =>
    kind === 'earn' || kind === 'reverse' ? [{ currency, amount, day: lot.activated }] : [],
  );
  const joined = effects.flatMap((effect) =>
    effect.type !== 'member.absorbed'
      ? []
      : Object.entries(effect.earned).flatMap(([currency, days]) =>
          Object.entries(days).map(([day, amount]) => ({ currency, amount, day })),
        ),
  );
  return [...own, ...joined];
}

function isInTime(program: CountedProgram, { run, atMs }: Movement): boolean {
  const closing = closingOf(program, run);
  return closing.kind !== 'dated' || atMs <= closing.atMs;
}

/** Whether a member stands on boards after an entry; the same object where the entry says nothing of it. */
export function visibilityAfter(before: Visibility, entry: CountedEntry): Visibility {
  if (entry.seq <= before.seq) return before;
  let { isHidden, hasLeft } = before;
  let isTold = false;
  for (const effect of entry.effects) {
    if (effect.type === 'member.changed' && effect.boards !== undefined) isHidden = effect.boards === 'hidden';
    else if (effect.type === 'member.left' || effect.type === 'member.closed') hasLeft = true;
    else if (effect.type === 'member.joined') hasLeft = false;
    else continue;
    isTold = true;
  }
  return isTold ? { seq: entry.seq, isHidden, hasLeft } : before;
}

/** Of the definitions only this decides what is counted: other words, or another order of ties, move nobody. */
export function countedShape(boards: readonly Board[]): string {
  return boards
    .map(({ id, currency, period }) => `${id}:${currency}:${period}`)
    .toSorted()
    .join(',');
}
