#!/usr/bin/env bash
# csv-parse 7.0.3: in a file with two kinds of line ends the last column keeps a carriage return, or rows run into one.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: without `record_delimiter` the parser finds line ends out by itself, and each line is a record. Files in which the header
#   was added by another program than the rows (LF here, CR LF there) are common among exports of tills.
# Seen: it takes the first line end of the file for all of them.
#   - Header with LF, rows with CR LF: every value of the last column ends in "\r": no number, and no card that anybody has.
#   - Header with CR LF, rows with LF: all rows are one. With one column nothing is refused; with more, `relax_column_count` hides it.
# `record_delimiter: ['\r\n', '\n', '\r']` reads all of them.
#
#   LF, then CR LF    [{"card":"A1","points":"5\r"},{"card":"B2","points":"7\r"}]
#   CR LF, then LF    [{"card":"A1\nB2\n"}]
#   ... two columns   [{"card":"A1","points":"5\nB2"}]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent csv-parse@7.0.3
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const read = (text, more = {}) => JSON.stringify(parse(text, { columns: true, ...more }));
const seen = {
  'LF, then CR LF': read('card,points\nA1,5\r\nB2,7\r\n'),
  'CR LF, then LF': read('card\r\nA1\nB2\n'),
  '... two columns': read('card,points\r\nA1,5\nB2,7\n', { relax_column_count: true }),
  'all of them named': read('card,points\r\nA1,5\nB2,7\r\n', { record_delimiter: ['\r\n', '\n', '\r'] }),
};

console.log('csv-parse', JSON.parse(readFileSync('node_modules/csv-parse/package.json', 'utf8')).version);
for (const [what, rows] of Object.entries(seen)) console.log(what.padEnd(17), rows);
const same =
  seen['LF, then CR LF'] === String.raw`[{"card":"A1","points":"5\r"},{"card":"B2","points":"7\r"}]` &&
  seen['CR LF, then LF'] === String.raw`[{"card":"A1\nB2\n"}]` &&
  seen['... two columns'] === String.raw`[{"card":"A1","points":"5\nB2"}]` &&
  seen['all of them named'] === '[{"card":"A1","points":"5"},{"card":"B2","points":"7"}]';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
