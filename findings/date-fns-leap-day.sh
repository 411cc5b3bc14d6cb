#!/usr/bin/env bash
# date-fns 4.4.0: from 29 February 2024 to 28 February 2025 it counts twelve months, and no year.
# Seen on 2026-11-30 beside luxon 3.7.2, dayjs 1.11.23 and temporal-polyfill 1.0.8, Node 20.20.
#
# Expected: the libraries agree whether a membership that began on a 29 February is a year old on a 28, and each agrees with itself.
# Seen: three answers. luxon and dayjs say a year and twelve months, Temporal says neither, date-fns twelve months that are no year.
#   The same cut runs through every month: from 31 January to 28 February date-fns, luxon and dayjs count one month, Temporal none.
#   Who tells birthdays, anniversaries and "a year without a purchase" has to say which it is, and to count in one of the units only.
#
#   date-fns 12 months, 0 years   luxon 12, 1   dayjs 12, 1   Temporal 11, 0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent date-fns@4.4.0 luxon@3.7.2 dayjs@1.11.23 temporal-polyfill@1.0.8
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import { differenceInMonths, differenceInYears } from 'date-fns';
import dayjs from 'dayjs';
import { DateTime } from 'luxon';
import { Temporal } from 'temporal-polyfill';

const [from, to] = ['2024-02-29', '2025-02-28'];
const midnight = (day) => new Date(`${day}T00:00:00`);
const luxon = (unit) => Math.trunc(DateTime.fromISO(to).diff(DateTime.fromISO(from), unit).as(unit));
const temporal = (largestUnit) => Temporal.PlainDate.from(from).until(to, { largestUnit });
const seen = {
  'date-fns': [differenceInMonths(midnight(to), midnight(from)), differenceInYears(midnight(to), midnight(from))],
  luxon: [luxon('months'), luxon('years')],
  dayjs: [dayjs(to).diff(from, 'month'), dayjs(to).diff(from, 'year')],
  Temporal: [temporal('months').months, temporal('years').years],
};

console.log('date-fns', JSON.parse(readFileSync('node_modules/date-fns/package.json', 'utf8')).version);
for (const [library, [months, years]] of Object.entries(seen)) console.log(library.padEnd(9), `${months} months, ${years} years`);
const same =
  JSON.stringify(seen) === '{"date-fns":[12,0],"luxon":[12,1],"dayjs":[12,1],"Temporal":[11,0]}';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
TZ=UTC node finding.js
