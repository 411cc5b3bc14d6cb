import {
  RECEIPT_BYTES_MAX,
  RECEIPT_MISSED_MAX,
  type FactorSeen,
  type Fired,
  type Missed,
  type Receipt,
} from '@verbena/shared/ledger/receipt.js';
import type { Unmet } from './compile-condition.js';

interface Definition {
  readonly id: string;
  readonly rev: number;
}

/** Collects, while a decision runs, what fired and what its trigger matched without firing. */
export class ReceiptBuilder {
  private readonly fired: Fired[] = [];
  private readonly missed: Missed[] = [];
  private cut = false;
  /** Never less than the receipt's length in bytes, so that most receipts need not be written out to be measured. */
  private bytesMost = 40;

  /** `isFull`: for a reader, not to be stored; nothing is cut. */
  constructor(private readonly isFull = false) {}

  fire(
    kind: Fired['kind'],
    { id, rev }: Definition,
    gave: { currency?: string; amount?: number; factors?: FactorSeen[]; step?: number } = {},
  ): void {
    this.fired.push({ kind, id, rev, ...gave });
    this.bytesMost += 124 + id.length + (gave.currency?.length ?? 0);
    for (const factor of gave.factors ?? []) this.bytesMost += bytesMostOfFactor(factor);
  }

  miss(kind: Fired['kind'], { id, rev }: Definition, [condition, seen, needed]: Unmet): void {
    if (!this.isFull && this.missed.length >= RECEIPT_MISSED_MAX) {
      this.cut = true;
      return;
    }
    this.missed.push([`${kind}:${id}`, rev, condition, seen, needed]);
    this.bytesMost += 30 + id.length + condition.length + bytesMostOf(seen) + bytesMostOf(needed);
  }

  /** The receipt within its size: first the last of what did not fire goes, then factors, then the last of what fired. */
  finish(): Receipt {
    const fired = this.fired.slice();
    const missed = this.missed.slice();
    const receipt = (): Receipt => (this.cut ? { fired, missed, cut: true } : { fired, missed });
    while (!this.isFull && this.bytesMost > RECEIPT_BYTES_MAX && bytesOf(receipt()) > RECEIPT_BYTES_MAX) {
      this.cut = true;
      if (missed.length > 0) missed.pop();
      else if (!dropFactors(fired)) fired.pop();
    }
    return receipt();
  }
}

function dropFactors(fired: Fired[]): boolean {
  const index = fired.findLastIndex((one) => one.factors !== undefined);
  const last = fired[index];
  if (last === undefined) return false;
  const { factors: _, ...rest } = last;
  fired[index] = rest;
  return true;
}

function bytesMostOfFactor(factor: FactorSeen): number {
  if ('field' in factor) return 60 + factor.field.length + 6 * (factor.unit?.length ?? 0);
  if ('tier' in factor) return 40 + factor.tier.length;
  return 'boost' in factor ? 60 + factor.boost.length : 40;
}

function bytesMostOf(value: Missed[3]): number {
  // An escape takes six bytes for one unit of a string; no number is longer than 25.
  if (typeof value === 'string') return value.length * 6 + 2;
  return typeof value === 'number' && !(Number.isInteger(value) && value >= 0 && value < 1e6) ? 25 : 6;
}

function bytesOf(receipt: Receipt): number {
  const text = JSON.stringify(receipt);
  // Ids are ASCII; only values that were seen may hold more, at most three bytes a unit.
  return PLAIN.test(text) ? text.length : text.length * 3;
}

const PLAIN = /^[\x20-\x7e]*$/;
