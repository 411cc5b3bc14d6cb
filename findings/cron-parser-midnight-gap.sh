#!/usr/bin/env bash
# cron-parser 5.10.3: where the clocks go forward at midnight, a job of midnight is left out on that day, a weekly one for a week.
# Seen on 2026-11-30 beside croner 11.0.0, Node 20.20. BullMQ 6.7.0 plans its schedules with this cron-parser.
#
# Expected: a time that the clock leaps over runs as soon as the leap is over, as it does in Madrid: of 02:30 it makes 03:30.
# Seen: in Chile, Cuba, Egypt and Lebanon the hour from 0 to 1 is the one that is missing; there the whole day is left out. Croner
#   runs at 01:00. Who closes the day, or the week, at midnight misses one each spring.
#
#   Santiago, daily at 00:00    cron-parser  07.09 00:00   croner  06.09 01:00
#   Santiago, Sundays at 00:00  cron-parser  13.09 00:00   croner  06.09 01:00
#   Madrid, daily at 02:30      cron-parser  28.03 03:30   croner  28.03 03:00
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent cron-parser@5.10.3 croner@11.0.0
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';

const rows = [
  ['Santiago, daily at 00:00', '0 0 * * *', 'America/Santiago', '2026-09-05T12:00:00Z', '2026-09-07T03', '2026-09-06T04'],
  ['Santiago, Sundays at 00:00', '0 0 * * 0', 'America/Santiago', '2026-09-05T12:00:00Z', '2026-09-13T03', '2026-09-06T04'],
  ['Madrid, daily at 02:30', '30 2 * * *', 'Europe/Madrid', '2027-03-27T12:00:00Z', '2027-03-28T01', '2027-03-28T01'],
];
const local = (at, timeZone) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' }).format(at);

console.log('cron-parser', JSON.parse(readFileSync('node_modules/cron-parser/package.json', 'utf8')).version);
let same = true;
for (const [what, pattern, tz, from, mark, otherMark] of rows) {
  const at = CronExpressionParser.parse(pattern, { currentDate: from, tz }).next().toDate();
  const other = new Cron(pattern, { timezone: tz }).nextRun(from);
  console.log(what.padEnd(27), 'cron-parser', local(at, tz), ' croner', local(other, tz));
  same &&= at.toISOString().startsWith(mark) && other.toISOString().startsWith(otherMark);
}
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
