import type { ActivityDraft } from '@verbena/shared/activities/activities.routes.js';
import { isDay } from '@verbena/shared/platform/given-time.js';
import { addDays } from '#engine/calendar.js';
import { instantAt } from '#platform/clock/calendar.js';
import { readText, UnreadableRow, type Row } from './row.js';

/** What is read of a redemptions file; other columns may stand beside them. */
export const REDEMPTION_COLUMNS = ['household_id', 'coupon_upc', 'campaign_id', 'redemption_date'];

/**
 * A line of `coupon-redemptions-….csv` as a `coupon.redeemed` at 12:00 of its date in the program's zone, keyed by household,
 * coupon, campaign and the date as written: identical lines are one activity. A shift adds whole weeks to the date.
 * @throws {UnreadableRow} naming the column.
 */
export function readRedemption(row: Row, zone: string, shiftWeeks = 0): ActivityDraft {
  const household = readText(row, 'household_id');
  const coupon = readText(row, 'coupon_upc');
  const campaign = readText(row, 'campaign_id');
  const date = readText(row, 'redemption_date');
  if (!isDay(date)) throw new UnreadableRow('redemption_date', date);
  return {
    key: `${household}:${coupon}:${campaign}:${date}`,
    type: 'coupon.redeemed',
    member: { externalId: household },
    occurredAt: new Date(instantAt(addDays(date, shiftWeeks * 7), 12, zone)).toISOString(),
    channel: 'import',
    attributes: { coupon, campaign },
  };
}
