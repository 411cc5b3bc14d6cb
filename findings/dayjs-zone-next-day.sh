#!/usr/bin/env bash
# dayjs 1.11.23: with its time zone plugin, the same hour on the next day is another hour once the clocks have changed.
# Seen on 2026-11-30 beside luxon 3.7.2, Node 20.20.
#
# Expected: 22:00 in Madrid, plus a day or a week, is 22:00 in Madrid; luxon says so.
# Seen: `.tz(zone).add(1, 'day')` keeps the offset of the day on which it began. After the change of clocks the instant is an hour off,
#   and `format()` shows 22:00 beside an offset that Madrid does not have then. `.tz(zone)` once more on the result shows the wrong hour.
#
#   Saturday 30 October 2027, 22:00, plus a day   dayjs 2027-10-31T22:00:00+02:00 (21:00 in Madrid)   luxon 22:00+01:00
#   Saturday 27 March 2027, 22:00, plus a week    dayjs 2027-04-03T22:00:00+01:00 (23:00 in Madrid)   luxon 22:00+02:00
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent dayjs@1.11.23 luxon@3.7.2
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { DateTime } from 'luxon';

dayjs.extend(utc);
dayjs.extend(timezone);
const zone = 'Europe/Madrid';
const seen = [['2027-10-30T22:00', 'day'], ['2027-03-27T22:00', 'week']].map(([from, unit]) => {
  const next = dayjs.tz(from, zone).add(1, unit);
  const byLuxon = DateTime.fromISO(from, { zone }).plus({ [unit]: 1 });
  return [next.format(), next.tz(zone).format('HH:mm'), byLuxon.toFormat('HH:mmZZ')];
});

console.log('dayjs', JSON.parse(readFileSync('node_modules/dayjs/package.json', 'utf8')).version);
for (const [text, inMadrid, byLuxon] of seen) console.log(`dayjs ${text}, which is ${inMadrid} in Madrid; luxon ${byLuxon}`);
const same =
  JSON.stringify(seen) ===
  '[["2027-10-31T22:00:00+02:00","21:00","22:00+01:00"],["2027-04-03T22:00:00+01:00","23:00","22:00+02:00"]]';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
TZ=UTC node finding.js
