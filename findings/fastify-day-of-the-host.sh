#!/usr/bin/env bash
# Fastify 5.12.8: of one Date in an answer, `format: 'date'` is a day of the host's zone and `format: 'date-time'` an instant in UTC.
# Seen on 2026-11-30, Node 20.20 (the answer is written by fast-json-stringify).
#
# Expected: what an answer says hangs on the data. The day is the first ten letters of the instant beside it, as it would be without a
#   schema; and a `time` has an offset, as its standard wants.
# Seen: the day and the hour are those of the machine's zone, without any sign of it; two machines with different zones give different
#   answers to one question, and the day may contradict the instant. Write days as texts, made in the zone that is meant.
#
#   TZ=UTC                  {"day":"2026-11-30","hour":"23:30:00","at":"2026-11-30T23:30:00.000Z"}
#   TZ=Europe/Madrid        {"day":"2026-12-01","hour":"00:30:00","at":"2026-11-30T23:30:00.000Z"}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent fastify@5.12.8
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const text = (format) => ({ type: 'string', format });
const properties = { day: text('date'), hour: text('time'), at: text('date-time') };
const app = Fastify();
const at = new Date('2026-11-30T23:30:00Z');
app.get('/purchase', { schema: { response: { 200: { type: 'object', properties } } } }, () => ({ day: at, hour: at, at }));

console.log('fastify', JSON.parse(readFileSync('node_modules/fastify/package.json', 'utf8')).version);
const seen = {};
for (const zone of ['UTC', 'Europe/Madrid', 'America/Mexico_City']) {
  process.env.TZ = zone;
  seen[zone] = (await app.inject('/purchase')).json();
  console.log(`TZ=${zone}`.padEnd(22), JSON.stringify(seen[zone]));
}
await app.close();
const said = (zone) => `${seen[zone].day} ${seen[zone].hour} ${seen[zone].at}`;
const same =
  said('UTC') === '2026-11-30 23:30:00 2026-11-30T23:30:00.000Z' &&
  said('Europe/Madrid') === '2026-12-01 00:30:00 2026-11-30T23:30:00.000Z' &&
  said('America/Mexico_City') === '2026-11-30 17:30:00 2026-11-30T23:30:00.000Z';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
