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

  fire(kind: Fired['kind'], { id, rev }: Definition, gave: { currency?: string; amount?: number; factors?: FactorSeen[] } = {}): void {
    this.fired.push({ kind, id, rev, ...gave });
  }

  miss(kind: Fired['kind'], { id, rev }: Definition, [condition, seen, needed]: Unmet): void {
    if (this.missed.length < RECEIPT_MISSED_MAX) this.missed.push([`${kind}:${id}`, rev, condition, seen, needed]);
    else this.cut = true;
  }

  /** The receipt within its size: first the last of what did not fire goes, then factors, then the last of what fired. */
  finish(): Receipt {
    const fired = this.fired.slice();
    const missed = this.missed.slice();
    const receipt = (): Receipt => (this.cut ? { fired, missed, cut: true } : { fired, missed });
    while (bytesOf(receipt()) > RECEIPT_BYTES_MAX) {
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

const encoder = new TextEncoder();

function bytesOf(receipt: Receipt): number {
  const text = JSON.stringify(receipt);
  return text.length * 3 <= RECEIPT_BYTES_MAX ? text.length : encoder.encode(text).length;
}
