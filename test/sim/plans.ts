import { laneIds, laneOfShard } from '@verbena/server/ledger/lanes.js';
import { closingKey } from '@verbena/server/ledger/deliver.js';
import { shardOf } from '@verbena/server/platform/crypto/hash.js';
import type { Seeded } from '#support/seeded.js';
import type { Plan } from './shop.js';
import { LANES } from './sim-node.js';
import { PROGRAM } from './sim-program.js';

const DAY_MS = 86_400_000;
/** Nodes whose clocks are an hour behind do not take it for the future. */
const HOUR_MS = 3_700_000;
const DEPARTMENTS = ['PAN', 'FRUTA', 'CARNE', 'PESCADO', 'FLORES', 'LIBROS', 'ROPA', 'CAFÉ', 'QUESO'];

/** Members of a run; both lanes have one at least. */
export function someMembers(random: Seeded, count: number): string[] {
  const members: string[] = [];
  const lanes = laneIds(LANES);
  for (let number = random.between(0, 9_999); members.length < count; number += 1) {
    const member = `01J000000000000000000${String(number % 100_000).padStart(5, '0')}`;
    const lane = laneOfShard(shardOf(PROGRAM, member), LANES);
    if (members.length >= LANES || lane === lanes[members.length]) members.push(member);
  }
  return members;
}

/** What all shops of a run will send, shop by shop; about `nowMs`. The second member was invited by the first. */
export function somePlans(random: Seeded, members: readonly string[], nowMs: number, acts: number): Plan[][] {
  const shops = Array.from({ length: random.between(1, 3) }, (): Plan[] => []);
  const [advocate = '', friend = ''] = members;
  const joined = { key: 'joined', member: friend, kind: 'own', type: 'member.joined' } as const;
  shops[0]?.push({ ...joined, attributes: { advocate }, occurredAt: new Date(nowMs).toISOString() });
  for (let number = 1; number <= acts; number += 1) {
    const shop = random.pick(shops);
    shop.push(nextPlan(random, random.next() < 0.3 ? friend : random.pick(members), `k${number}`, nowMs, shop));
  }
  if (random.next() < 0.5) addMerge(random, members, random.pick(shops), nowMs);
  return shops;
}

/** The last of the members turns out to be one of the others, somewhere in the middle of all that happens to both. */
function addMerge(random: Seeded, members: readonly string[], shop: Plan[], nowMs: number): void {
  const ends = members.at(-1) ?? '';
  const into = random.pick(members.slice(0, -1));
  const occurredAt = new Date(nowMs - HOUR_MS).toISOString();
  const closed = { key: closingKey(ends), member: ends, kind: 'own', type: 'member.closed' } as const;
  shop.splice(random.between(0, shop.length), 0, { ...closed, attributes: { into }, occurredAt });
}

function nextPlan(random: Seeded, member: string, key: string, nowMs: number, before: readonly Plan[]): Plan {
  const late = random.next() < 0.25 ? random.between(1, 40) * DAY_MS : random.between(HOUR_MS, 2 * HOUR_MS);
  const occurredAt = new Date(nowMs - late).toISOString();
  const what = random.next();
  const targets = before.filter((plan) => 'kind' in plan && (plan.kind === 'shop' || plan.kind === 'hand'));
  if (what < 0.14 && targets.length > 0)
    return { key, takesBack: random.pick(targets).key, part: random.next() < 0.4 ? random.next() : null };
  if (what < 0.2) {
    const boards = random.pick(['hidden', 'alias']);
    return { key, member, kind: 'own', type: 'member.changed', attributes: { boards }, occurredAt };
  }
  if (what < 0.23) return { key, member, kind: 'own', type: 'profile.completed', attributes: {}, occurredAt };
  if (what < 0.26) {
    const attributes = { thread: 't', post: key };
    return { key, member, kind: 'own', type: 'forum.accepted', attributes, occurredAt };
  }
  const kind = random.next() < 0.12 ? 'hand' : 'shop';
  const isCoupon = random.next() < 0.3;
  const draft = isCoupon
    ? { type: 'coupon.redeemed', occurredAt, attributes: { coupon: `C${random.between(1, 9)}` } }
    : { type: 'purchase', occurredAt, attributes: aBasket(random) };
  return { key, member, kind, draft };
}

function aBasket(random: Seeded): Record<string, unknown> {
  const names = random.shuffle(DEPARTMENTS).slice(0, random.between(0, 4));
  return {
    totalMinor: random.pick([0, 99, random.between(100, 40_000), random.between(100, 40_000), 60_000]),
    privateLabelMinor: random.pick([0, 0, random.between(0, 5_000)]),
    departments: names.map((name) => ({ name, amountMinor: 100 })),
  };
}
