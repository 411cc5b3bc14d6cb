import { type BacktestProgress, ROUNDS_MAX } from '@verbena/shared/backtests/backtests.routes.js';
import type { BacktestDocument } from './backtests.schema.js';

type Progressing = Pick<BacktestDocument, 'status' | 'total' | 'parts' | 'isShared' | 'rounds'>;

/**
 * How far a backtest is. Nobody knows before a round who will be in it: so each takes half of the way that is left (the last all of
 * it), and `share` leaps where there is less to do than there could have been, but never falls.
 */
export function progressOf({
  status,
  total: expected,
  parts,
  isShared = false,
  rounds = [],
}: Progressing): BacktestProgress {
  const sumOf = (name: 'members' | 'entries') => parts.reduce((sum, part) => sum + part[name], 0);
  const members = sumOf('members');
  const total = Math.max(expected, members);
  const present = rounds.at(-1);
  const passed = [{ members, total }, ...rounds].map((one, place, { length }) =>
    // What came after it shows that it is over.
    place < length - 1 ? 1 : one.members / Math.max(1, one.total),
  );
  const share = passed.reduce((sum, done, place) => sum + done * weightOf(place, isShared), 0);
  return {
    members,
    total,
    entries: sumOf('entries'),
    share: status === 'done' ? 1 : Math.min(1, share),
    again: present === undefined || status !== 'running' ? null : { round: rounds.length, ...present },
  };
}

/** How much of the whole a going through the past takes: the first, then each round. */
function weightOf(place: number, isShared: boolean): number {
  if (!isShared) return 1;
  return place < ROUNDS_MAX ? 0.5 ** (place + 1) : 0.5 ** place;
}
