#!/usr/bin/env bash
# Papa Parse 5.7.1: whether a semicolon is found out hangs on the line break at the end of the file.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: a Spanish till's export (semicolons, decimal commas) is read as two columns, with or without a line break at its end.
# Seen: without a last line break it is. With one, as nearly every program writes it, the empty last line counts as a line of one
#   column when delimiters are tried, so the comma of the amounts wins: the header is one column, cents are a second one.
#   `skipEmptyLines: true` puts it right. An error is reported beside the rows; a caller who looks at `data` only does not see it.
#
#   without a last break  ";"  [{"name":"Ana","amount":"12,50"},{"name":"Beto","amount":"3,00"}]
#   with one              ","  [{"name;amount":"Ana;12","__parsed_extra":["50"]}, ...]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent papaparse@5.7.1
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';

const text = 'name;amount\nAna;12,50\nBeto;3,00';
const tries = {
  'without a last break': Papa.parse(text, { header: true }),
  'with one': Papa.parse(`${text}\n`, { header: true }),
  'skipEmptyLines': Papa.parse(`${text}\n`, { header: true, skipEmptyLines: true }),
};

console.log('papaparse', JSON.parse(readFileSync('node_modules/papaparse/package.json', 'utf8')).version);
for (const [what, { meta, data }] of Object.entries(tries))
  console.log(what.padEnd(20), JSON.stringify(meta.delimiter), JSON.stringify(data));
const [without, withOne, skipping] = Object.values(tries);
const same =
  without.meta.delimiter === ';' &&
  without.data[0].amount === '12,50' &&
  withOne.meta.delimiter === ',' &&
  withOne.data[0]['name;amount'] === 'Ana;12' &&
  skipping.meta.delimiter === ';';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
