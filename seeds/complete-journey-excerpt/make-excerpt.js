// Chooses the households of the excerpt and writes its files beside this one:
//   node seeds/complete-journey-excerpt/make-excerpt.js FOLDER
// FOLDER holds the half-year that README.md describes. The same input always gives the same bytes.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const from = process.argv[2];
if (!from) {
  console.error('Usage: node seeds/complete-journey-excerpt/make-excerpt.js FOLDER');
  process.exit(2);
}
const here = fileURLToPath(new URL('.', import.meta.url));

/** How many households of each tier: together some 2,000 baskets, and every step of the ladder with company. */
const QUOTAS = { platino: 9, oro: 18, plata: 18, socio: 15 };

const baskets = readLines('baskets-2017-h1.csv.gz');
const redemptions = readLines('coupon-redemptions-2017-h1.csv');
const expected = readLines('expected-plaza-h1.ndjson.gz', false).rows.map((line) => ({ line, ...JSON.parse(line) }));

// The household stands second among a basket's columns and first among a redemption's; neither before it is ever quoted.
const householdOfBasket = (line) => line.split(',', 2)[1];
const householdOfRedemption = (line) => line.split(',', 1)[0];
const redeemed = countBy(redemptions.rows, householdOfRedemption);
const redeemedOnDay = countBy(redemptions.rows, (line) => `${householdOfRedemption(line)} ${line.split(',')[3]}`);
const overTheCap = new Set([...redeemedOnDay].filter(([, count]) => count > 4).map(([id]) => id.split(' ', 1)[0]));

const chosen = choose();
const is = (household) => chosen.has(household);
const kept = baskets.rows.filter((line) => is(householdOfBasket(line)));
const keptRedemptions = redemptions.rows.filter((line) => is(householdOfRedemption(line)));
const members = expected.filter((member) => is(member.externalId));
writeFileSync(join(here, 'baskets.csv.gz'), gzipSync(`${[baskets.head, ...kept].join('\n')}\n`, { level: 9 }));
writeFileSync(join(here, 'redemptions.csv'), `${[redemptions.head, ...keptRedemptions].join('\n')}\n`);
writeFileSync(join(here, 'expected.ndjson'), `${members.map(({ line }) => line).join('\n')}\n`);
console.log(`${members.length} households, ${kept.length} baskets, ${keptRedemptions.length} redemptions`);

/** By chance, but always the same one: in the order of their hashes, first who shows what is rare, then the quotas. */
function choose() {
  const order = expected.toSorted((one, other) => (hashOf(one.externalId) < hashOf(other.externalId) ? -1 : 1));
  const rare = [
    ...order.filter(({ externalId }) => overTheCap.has(externalId)).slice(0, 2),
    ...order.filter(({ badges, tier }) => badges.includes('cliente-fiel') && tier === 'oro').slice(0, 1),
    ...order.filter(({ badges, tier }) => badges.includes('cliente-fiel') && tier === 'platino').slice(0, 1),
    ...order.filter(({ externalId }) => (redeemed.get(externalId) ?? 0) > 0).slice(0, 10),
  ];
  const left = { ...QUOTAS };
  const chosen = new Set();
  for (const { externalId, tier } of [...rare, ...order]) {
    if (chosen.has(externalId) || left[tier] === 0) continue;
    chosen.add(externalId);
    left[tier] -= 1;
  }
  return chosen;
}

function hashOf(household) {
  return createHash('sha256').update(`verbena excerpt ${household}`).digest('hex');
}

function countBy(rows, nameOf) {
  const counts = new Map();
  for (const row of rows) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1);
  return counts;
}

function readLines(name, hasHead = true) {
  const bytes = readFileSync(join(from, name));
  const lines = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split(/\r?\n/).filter(Boolean);
  return hasHead ? { head: lines[0], rows: lines.slice(1) } : { head: '', rows: lines };
}
