import type { Language } from '#platform/localized-text.js';
import type { Definitions } from '#programs/definitions.js';
import type { Format } from '#words/format.js';
import type { EntryRecorded } from './entry-recorded.js';
import { FiredTeller } from './explain-fired.js';
import { explainLines } from './explain-lines.js';
import { MissedTeller } from './explain-missed.js';
import type { LedgerWords } from './ledger.es.js';
import { ReceiptNames } from './receipt-names.js';

/** One definition of a receipt, in words. */
export interface ReceiptLine {
  /** `rule:compra`: stable, for keys. */
  readonly id: string;
  readonly kind: string;
  /** How the definition is called. */
  readonly name: string;
  /** What it gave; undefined where it gave no points. */
  readonly points: { readonly currency: string; readonly amount: number } | undefined;
  /** How that came about, or what was missing; each a short phrase or sentence. */
  readonly because: readonly string[];
}

/** Who reads it. The words are `ledger.es` or `ledger.en`: handed in, so that a browser loads only the reader's. */
export interface ReceiptReader {
  readonly language: Language;
  readonly words: LedgerWords;
  readonly format: Format;
  /** The reader's local date, so that a period that is over is not counted down any more. */
  readonly today: string;
}

export interface ExplainedReceipt {
  readonly why: readonly ReceiptLine[];
  readonly whyNot: readonly ReceiptLine[];
}

/** What of an entry is told. */
export type ToldEntry = Pick<EntryRecorded, 'cause' | 'receipt' | 'effects' | 'lines'> &
  Partial<Pick<EntryRecorded, 'outcome'>>;

/**
 * A receipt as sentences: why an entry gave what it gave, and why other definitions did not. Names are those of the
 * definitions in force now; one that is gone reads as its id.
 */
export function explainReceipt(
  entry: ToldEntry,
  definitions: Definitions,
  { words, format, language, today }: ReceiptReader,
): ExplainedReceipt {
  const names = new ReceiptNames(definitions, language, format, entry.cause.type);
  const fired = new FiredTeller(entry, words, names);
  const missed = new MissedTeller(entry, words, names, today);
  const lines = explainLines(entry, {
    words,
    format,
    partner: entry.cause.partner,
    currencyName: (currency) => names.currencyName(currency),
    points: (currency, count) => names.points(currency, count),
  });
  return {
    why: [...entry.receipt.fired.map((one) => fired.explainFired(one)), ...lines],
    whyNot: [
      ...entry.receipt.missed.filter((one) => !missed.isOtherHalf(one)).map((one) => missed.explainMissed(one)),
      ...missed.explainNothing(),
    ],
  };
}
