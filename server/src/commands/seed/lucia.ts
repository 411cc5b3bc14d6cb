import { type ActivityDraft, recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { listMissions } from '@verbena/shared/missions/missions.routes.js';
import { getDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { LUCIA, PLAZA, POINTS_LEFT, VISITS_BEFORE } from '@verbena/seeds/demo/plaza.js';
import { SeededRandom } from '@verbena/seeds/demo/random.js';
import type { ContractClient } from '#commands/contract-client.js';
import { localDateOf, startOfDate } from '#platform/clock/calendar.js';
import { isRecorded } from './is-recorded.js';
import { pointsToTotal, spreadVisits } from './visits.js';

const MEMBER = { program: PLAZA.slug, member: `ext:${LUCIA.externalId}` };
const LAST_KEY = 'demo:lucia:last';

/**
 * Adds to Lucía's month what is missing so that the next purchase completes `diez-visitas` and, where the points left are
 * few enough for a believable purchase, unlocks the next tier. Done once; run again it goes on where it stopped.
 */
export async function bringLuciaClose(
  client: ContractClient,
  zone: string,
  seed: number,
  nowMs: number,
): Promise<number> {
  if (await isRecorded(client, LAST_KEY)) return 0;
  const random = new SeededRandom(seed);
  const visits = await visitsThisMonth(client);
  const monthStartMs = startOfDate(`${localDateOf(nowMs, zone).slice(0, 8)}01`, zone);
  const times = spreadVisits(VISITS_BEFORE - visits, monthStartMs, nowMs, random);
  let recorded = 0;
  for (const [index, atMs] of times.slice(0, -1).entries()) {
    const key = `demo:lucia:${index + 1}`;
    if (await isRecorded(client, key)) continue;
    await buy(client, key, atMs, random.integer(310, 690));
    recorded += 1;
  }
  const lastMs = times.at(-1) ?? (visits === VISITS_BEFORE ? null : nowMs);
  if (lastMs === null) return recorded;
  await buy(client, LAST_KEY, lastMs, await lastTotal(client, localDateOf(lastMs, zone)));
  return recorded + 1;
}

async function visitsThisMonth(client: ContractClient): Promise<number> {
  const { items } = await client.call(listMissions, { params: MEMBER });
  return items.find(({ id }) => id === 'diez-visitas')?.progress ?? 0;
}

/** A total that leaves `POINTS_LEFT` points to the next tier. */
async function lastTotal(client: ContractClient, date: string): Promise<number> {
  const { tier } = await client.call(getStanding, { params: MEMBER });
  const { definitions } = await client.call(getDefinitions, { params: { program: PLAZA.slug } });
  const percent = definitions.tiers.find(({ id }) => id === tier?.id)?.percent ?? 100;
  return pointsToTotal((tier?.next?.missing ?? 0) - POINTS_LEFT, percent, date);
}

async function buy(client: ContractClient, key: string, atMs: number, totalMinor: number): Promise<void> {
  const attributes = {
    totalMinor,
    privateLabelMinor: 0,
    store: 'Horno San Telmo',
    departments: [{ name: 'Panadería', amountMinor: totalMinor }],
  };
  const body: ActivityDraft = {
    key,
    type: 'purchase',
    member: { externalId: LUCIA.externalId },
    occurredAt: new Date(atMs).toISOString(),
    channel: 'shop',
    attributes,
  };
  await client.call(recordActivity, { params: { program: PLAZA.slug }, body });
}
