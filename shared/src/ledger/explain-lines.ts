import type { Effect } from './effect.js';
import type { EntryRecorded } from './entry-recorded.js';
import type { Format } from '#words/format.js';
import type { ReceiptLine } from './explain-receipt.js';
import type { LedgerWords } from './ledger.es.js';
import type { LineKind, Pocket, PointsLine } from './points-line.js';

type Explained = Pick<EntryRecorded, 'lines' | 'effects'>;

/** What is said of movements that no rule and no mission made: in an entry of its own, or beside what it took back. */
export interface LineTeller {
  readonly words: LedgerWords;
  readonly format: Format;
  readonly currencyName: (currency: string) => string;
  /** `60 puntos`. */
  readonly points: (currency: string, count: number) => string;
  /** Of a gift: how the others see whoever gave it, or was given it. */
  readonly partner?: string | null | undefined;
}

interface Tale {
  /** What stands beside it as points; undefined: nothing became more or less usable by it. */
  readonly shown?: number;
  readonly because: string;
}

type Told = {
  readonly [P in Pocket | 'balance']: { readonly [K in LineKind]?: (sum: Sum, teller: LineTeller) => Tale | undefined };
};

/** All lines of one kind, currency, pocket and, where it matters, day together. */
interface Sum {
  readonly kind: LineKind;
  readonly pocket: Pocket | 'balance';
  readonly currency: string;
  readonly amount: number;
  /** As far as it came in: of lines that move points from lot to lot, how many. */
  readonly came: number;
  /** When pending points become usable; null: nobody knows the day. */
  readonly on: string | null;
  /** Whether some of them end on a day of their own: others end by inactivity, or never. */
  readonly isDated: boolean;
  /** Whether the entry takes another one back. */
  readonly isBack: boolean;
}

/** Movements that the receipt's definitions do not tell of by themselves. */
const told: Told = {
  balance: {
    cover: ({ currency, came }, { words, points }) => ({
      because: words.spent.covered({ points: points(currency, came) }),
    }),
    forgive: ({ amount }, { words }) => ({
      shown: amount,
      because: amount < 0 ? words.spent.unforgiven : words.spent.forgiven,
    }),
    owe: ({ currency, came }, { words, points }) => ({
      shown: came,
      because: words.spent.owed({ points: points(currency, came) }),
    }),
    repay: ({ amount }, { words }) => ({ shown: amount, because: words.spent.repaid }),
    adjust: ({ amount, isBack }, { words }) => ({
      shown: amount,
      because: isBack ? words.pockets.unadjusted : words.pockets.adjusted,
    }),
    hold: ({ amount }, { words }) => ({ shown: amount, because: words.pockets.held }),
    release: (sum, { words }) => ({
      shown: sum.amount,
      because: sum.isBack ? withDates(sum, words, words.pockets.refunded) : words.pockets.released,
    }),
    send: (sum, { words, partner }) => ({
      shown: sum.amount,
      because: withDates(sum, words, partner == null ? words.pockets.sent : words.pockets.sentTo({ name: partner })),
    }),
    receive: (sum, { words, partner }) => ({
      shown: sum.amount,
      because: withDates(
        sum,
        words,
        partner == null ? words.pockets.received : words.pockets.receivedFrom({ name: partner }),
      ),
    }),
    return: ({ amount }, { words }) => ({ shown: amount, because: words.pockets.returned }),
    merge: (sum, { words }) => ({
      shown: sum.amount,
      because: sum.amount < 0 ? words.pockets.mergedAway : withDates(sum, words, words.pockets.merged),
    }),
  },
  pending: {
    pend: ({ on }, { words, format }) => ({
      because: on === null ? words.pockets.pendingOpen : words.pockets.pending({ day: format.day(on) }),
    }),
    activate: ({ amount }, { words }) => ({ shown: -amount, because: words.pockets.activated }),
    cancel: ({ currency, amount }, { words, points }) => ({
      because: words.pockets.cancelled({ points: points(currency, -amount) }),
    }),
    merge: ({ currency, amount }, { words, points }) => ({
      because:
        amount < 0 ? words.pockets.mergedAway : words.pockets.mergedPending({ points: points(currency, amount) }),
    }),
  },
  held: {
    // What a capture that was cancelled gives back is told as it comes into the balance.
    capture: ({ currency, amount, isBack }, { words, points }) =>
      isBack ? undefined : { because: words.pockets.captured({ points: points(currency, -amount) }) },
    merge: ({ currency, amount }, { words, points }) => ({
      because: amount < 0 ? words.pockets.mergedAway : words.pockets.mergedHeld({ points: points(currency, amount) }),
    }),
  },
  transit: {
    settle: ({ currency, amount }, { words, points }) => ({
      because: words.pockets.settled({ points: points(currency, -amount) }),
    }),
  },
  owed: {},
};

/**
 * The movements of an entry that its receipt does not hold, as lines of a receipt: they are read from the lines themselves, so that
 * they are never cut.
 */
export function explainLines({ lines, effects }: Explained, teller: LineTeller): ReceiptLine[] {
  const sums = new Map<string, Sum>();
  const isBack = effects.some((effect) => effect.type === 'activity.reversed');
  for (const line of lines) {
    const { kind, currency, amount, pocket = 'balance' } = line;
    if (told[pocket][kind] === undefined) continue;
    const on = kind === 'pend' ? dayOf(line, effects) : null;
    const key = `${pocket}:${kind}:${currency}:${on ?? ''}`;
    const { amount: sum = 0, came = 0, isDated = false } = sums.get(key) ?? {};
    sums.set(key, {
      ...{ kind, pocket, currency, on, isBack, amount: sum + amount, came: came + Math.max(0, amount) },
      isDated: isDated || line.lot.expires !== null,
    });
  }
  const moved = [...sums].flatMap(([key, sum]) => {
    const tale = told[sum.pocket][sum.kind]?.(sum, teller);
    if (tale === undefined) return [];
    const { shown = 0, because } = tale;
    return {
      id: key,
      kind: 'currency',
      name: teller.currencyName(sum.currency),
      points: shown === 0 ? undefined : { currency: sum.currency, amount: shown },
      because: [because, ...shortOf(sum, effects, teller)],
    };
  });
  return [...moved, ...effects.flatMap((effect) => tellEnd(effect, teller))];
}

function withDates({ isDated }: Sum, { pockets }: LedgerWords, because: string): string {
  return isDated ? pockets.keepDates({ because }) : because;
}

/** Points that end soon, or sooner since what kept them is no more: nothing moved yet. */
function tellEnd(effect: Effect, { words: { pockets }, format, points, currencyName }: LineTeller): ReceiptLine[] {
  let because;
  if (effect.type === 'expiry.noticed')
    because = pockets.expiringSoon({
      points: points(effect.currency, effect.amount),
      day: format.day(dayBefore(effect.expires)),
    });
  else if (effect.type === 'expiry.shortened' && effect.until !== null)
    because = pockets.endsSooner({ day: format.day(effect.until) });
  else return [];
  const { type: id, currency } = effect;
  return [{ id, kind: 'currency', name: currencyName(currency), points: undefined, because: [because] }];
}

/** The last day before the first one without them. */
export function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The day on which points become usable, as the entry that made them pending says. */
function dayOf({ ref }: PointsLine, effects: Explained['effects']): string | null {
  const set = effects.find((effect) => effect.type === 'pending.set' && effect.pending === ref);
  return set?.type === 'pending.set' ? set.on : null;
}

/** What an adjustment could not take. */
function shortOf({ kind, currency }: Sum, effects: Explained['effects'], { words, points }: LineTeller): string[] {
  const adjusted = effects.find((effect) => effect.type === 'points.adjusted' && effect.currency === currency);
  if (kind !== 'adjust' || adjusted?.type !== 'points.adjusted' || adjusted.short === 0) return [];
  return [words.pockets.short({ points: points(currency, adjusted.short) })];
}
