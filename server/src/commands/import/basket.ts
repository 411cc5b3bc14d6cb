import type { ActivityDraft } from '@verbena/shared/activities/activities.routes.js';
import { InstantInput } from '@verbena/shared/platform/given-time.js';
import { readMinor, readText, UnreadableRow, type Row } from './row.js';

const WEEK_MS = 604_800_000;

/** What is read of a baskets file; other columns may stand beside them. */
export const BASKET_COLUMNS = [
  'basket_id',
  'household_id',
  'store_id',
  'at',
  'total',
  'private_label_total',
  'departments',
];

/** What a basket says of a purchase, beyond who and when. */
export interface BasketAttributes {
  readonly totalMinor: number;
  readonly privateLabelMinor: number;
  readonly store: string;
  readonly departments: readonly { readonly name: string; readonly amountMinor: number }[];
}

export type BasketDraft = ActivityDraft & { readonly attributes: BasketAttributes & Record<string, unknown> };

/**
 * A line of `baskets-….csv` as a `purchase` of the household, keyed by its basket. A shift adds whole weeks of 168 hours to
 * the instant; the key stays, so that the same basket never counts twice.
 * @throws {UnreadableRow} naming the column.
 */
export function readBasket(row: Row, shiftWeeks = 0): BasketDraft {
  const at = readText(row, 'at');
  if (!at.endsWith('Z') || !InstantInput.safeParse(at).success) throw new UnreadableRow('at', at);
  const atMs = Date.parse(at);
  return {
    key: readText(row, 'basket_id'),
    type: 'purchase',
    member: { externalId: readText(row, 'household_id') },
    occurredAt: new Date(atMs + shiftWeeks * WEEK_MS).toISOString(),
    channel: 'import',
    attributes: {
      totalMinor: readMinor(readText(row, 'total'), 'total'),
      privateLabelMinor: readMinor(readText(row, 'private_label_total'), 'private_label_total'),
      store: readText(row, 'store_id'),
      departments: readDepartments(row['departments'] ?? ''),
    },
  };
}

/** `BEEF:2.99|FRUIT, FRESH:1.10` → names and amounts; the last colon parts them, for a name may hold one. */
function readDepartments(text: string): { name: string; amountMinor: number }[] {
  if (text.trim() === '') return [];
  return text.split('|').map((part) => {
    const colon = part.lastIndexOf(':');
    const name = part.slice(0, Math.max(colon, 0)).normalize('NFC').trim();
    if (name === '') throw new UnreadableRow('departments', part);
    return { name, amountMinor: readMinor(part.slice(colon + 1).trim(), 'departments') };
  });
}
