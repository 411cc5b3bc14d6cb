import { type ActivityDraft, recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { LUCIA, PLAZA, RIVALS_THIS_WEEK } from '@verbena/seeds/demo/plaza.js';
import { SeededRandom } from '@verbena/seeds/demo/random.js';
import type { ContractClient } from '#commands/contract-client.js';
import { localDateOf, startOfDate } from '#platform/clock/calendar.js';
import { isRecorded } from './is-recorded.js';

const DAY_MS = 86_400_000;
const TOTAL_MIN = 600;
const TOTAL_MAX = 11_000;

/**
 * Some of the households have bought since Monday: the real half-year ends with a whole week, and the board of the present
 * one would be Lucía's alone. Done once; gives how many purchases were recorded.
 */
export async function raceThisWeek(
  client: ContractClient,
  households: readonly string[],
  zone: string,
  seed: number,
  nowMs: number,
): Promise<number> {
  const random = new SeededRandom(seed + 1);
  const today = localDateOf(nowMs, zone);
  const daysSinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const mondayMs = startOfDate(localDateOf(nowMs - daysSinceMonday * DAY_MS, zone), zone);
  let recorded = 0;
  for (const [place, household] of rivalsOf(households).entries()) {
    const key = `demo:rival:${place + 1}`;
    const atMs = Math.round(mondayMs + (nowMs - mondayMs) * 0.95 * random.next());
    const totalMinor = random.integer(TOTAL_MIN, TOTAL_MAX);
    if (await isRecorded(client, key)) continue;
    const body: ActivityDraft = {
      key,
      type: 'purchase',
      member: { externalId: household },
      occurredAt: new Date(atMs).toISOString(),
      channel: 'shop',
      attributes: {
        totalMinor,
        privateLabelMinor: 0,
        store: 'Mercado de la Plaza',
        departments: [{ name: 'Alimentación', amountMinor: totalMinor }],
      },
    };
    await client.call(recordActivity, { params: { program: PLAZA.slug }, body });
    recorded += 1;
  }
  return recorded;
}

/** Spread over the file, so that big and small buyers race. */
function rivalsOf(households: readonly string[]): readonly string[] {
  const others = households.filter((household) => household !== LUCIA.externalId);
  const step = Math.max(1, Math.floor(others.length / RIVALS_THIS_WEEK));
  return others.filter((_, index) => index % step === 0).slice(0, RIVALS_THIS_WEEK);
}
