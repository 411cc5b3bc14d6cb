import type { Format } from '#words/format.js';
import type { ReceiptLine } from './explain-receipt.js';
import type { LedgerWords } from './ledger.es.js';
import type { LineKind, PointsLine } from './points-line.js';

/** What is said of movements that no rule and no mission made: in an entry of its own, or beside what it took back. */
export interface LineTeller {
  readonly words: LedgerWords;
  readonly format: Format;
  readonly currencyName: (currency: string) => string;
  /** `60 puntos`. */
  readonly points: (currency: string, count: number) => string;
}

type Told = { readonly [K in LineKind]?: (told: Sum, teller: LineTeller) => string };

/** All lines of one kind, currency and pocket together. */
interface Sum {
  readonly currency: string;
  readonly amount: number;
  /** As far as it came in: of lines that move points from lot to lot, how many. */
  readonly came: number;
}

/** Kinds that the receipt's definitions do not tell of by themselves. */
const told: Told = {
  cover: ({ currency, came }, { words, points }) => words.spent.covered({ points: points(currency, came) }),
  forgive: (_, { words }) => words.spent.forgiven,
  owe: ({ currency, came }, { words, points }) => words.spent.owed({ points: points(currency, came) }),
  repay: (_, { words }) => words.spent.repaid,
};

/**
 * The movements of an entry that its receipt does not hold, as lines of a receipt: they are read from the lines themselves, so that
 * they are never cut.
 */
export function explainLines(lines: readonly PointsLine[], teller: LineTeller): ReceiptLine[] {
  const sums = new Map<string, Sum & { readonly kind: LineKind }>();
  for (const { kind, currency, amount, pocket } of lines) {
    if (told[kind] === undefined || pocket !== undefined) continue;
    const key = `${kind}:${currency}`;
    const { amount: sum = 0, came = 0 } = sums.get(key) ?? {};
    sums.set(key, { kind, currency, amount: sum + amount, came: came + Math.max(0, amount) });
  }
  return [...sums.values()].map((sum) => ({
    id: `${sum.kind}:${sum.currency}`,
    kind: 'currency',
    name: teller.currencyName(sum.currency),
    points: sum.amount === 0 ? undefined : { currency: sum.currency, amount: sum.amount },
    because: [told[sum.kind]?.(sum, teller) ?? teller.words.other],
  }));
}
