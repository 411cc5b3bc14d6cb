import type { ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { LineKind, PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { PastEntry } from './past-entry.js';

/** What makes it possible that a lot lacks points which never expired. */
const SPENDS: ReadonlySet<LineKind> = new Set(['cover', 'repay', 'hold', 'adjust', 'send']);

/** What expired of the lots that a reversal is about; null where this member never spent anything. */
export function expiredOf(
  recorded: readonly PastEntry[],
  reversed: ReversedEntry,
): NonNullable<ReversedEntry['expired']> | null {
  if (!recorded.some(({ lines }) => lines.some(({ kind }) => SPENDS.has(kind)))) return null;
  const given = linesOf(reversed);
  const lots = new Map<string, NonNullable<ReversedEntry['expired']>[number]>();
  for (const { currency, lot } of given) lots.set(keyOfLot({ currency, lot }), { currency, lot, amount: 0 });
  for (const line of recorded.flatMap((entry) => entry.lines)) {
    const found = lots.get(keyOfLot(line));
    if (found !== undefined && line.kind === 'expire' && line.pocket === undefined) found.amount -= line.amount;
  }
  return [...lots.values()];
}

/** The points that a reversal is about: those of the activity, and those of what may go with it. */
export function linesOf(
  reversed: Pick<ReversedEntry, 'lines' | 'missions' | 'badges' | 'promotions'>,
): readonly PointsLine[] {
  return [
    ...reversed.lines,
    ...reversed.missions.flatMap(({ completion, completions = [], steps = [] }) =>
      [...(completion ? [completion] : []), ...completions, ...steps].flatMap(({ lines }) => lines),
    ),
    ...[...reversed.badges, ...(reversed.promotions ?? [])].flatMap(({ lines }) => lines),
  ];
}

function keyOfLot({ currency, lot }: Pick<PointsLine, 'currency' | 'lot'>): string {
  return [currency, lot.activated, lot.expires].join(' ');
}
