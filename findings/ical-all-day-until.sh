#!/usr/bin/env bash
# ical-generator 11.1.2: a series of whole days that ends on a local day loses its last day in the calendars that read the file.
# Seen on 2026-11-30 with luxon 3.7.2; read by node-ical 0.27.2 and ical.js 2.2.1. Node 20.20.
#
# Expected: an event of whole days, every day from 1 to 3 May in Madrid. The calendar standard wants the end of a series in the form
#   of its start: here a date, `UNTIL=20270503`.
# Seen: DTSTART is a date, UNTIL an instant: midnight in Madrid is 22:00 of the day before in UTC. Both readers leave out the 3rd.
#   With `Temporal.PlainDate` as its end the series is whole.
#
#   DTSTART;VALUE=DATE:20270501
#   RRULE:FREQ=DAILY;UNTIL=20270502T220000Z
#   node-ical 2027-05-01 2027-05-02
#   ical.js   2027-05-01 2027-05-02
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent ical-generator@11.1.2 luxon@3.7.2 node-ical@0.27.2 ical.js@2.2.1
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import ical from 'ical-generator';
import { DateTime } from 'luxon';
import nodeIcal from 'node-ical';

const inMadrid = (day) => DateTime.fromISO(day, { zone: 'Europe/Madrid' });
const calendar = ical();
calendar.createEvent({
  id: 'fair',
  summary: 'Feria de mayo',
  start: inMadrid('2027-05-01'),
  allDay: true,
  repeating: { freq: 'DAILY', until: inMadrid('2027-05-03') },
});
const text = calendar.toString();
const lines = text.split('\r\n').filter((line) => /^(DTSTART|RRULE)/.test(line));

const byNodeIcal = nodeIcal.sync.parseICS(text).fair.rrule.all().map((at) => at.toISOString().slice(0, 10));
const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'));
const days = event.iterator();
const byIcalJs = [];
for (let day = days.next(); day && byIcalJs.length < 9; day = days.next()) byIcalJs.push(day.toString());

console.log('ical-generator', JSON.parse(readFileSync('node_modules/ical-generator/package.json', 'utf8')).version);
console.log(lines.join('\n'));
console.log('node-ical', byNodeIcal.join(' '));
console.log('ical.js  ', byIcalJs.join(' '));
const two = '2027-05-01 2027-05-02';
const same =
  lines.includes('RRULE:FREQ=DAILY;UNTIL=20270502T220000Z') && byNodeIcal.join(' ') === two && byIcalJs.join(' ') === two;
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
TZ=UTC node finding.js
