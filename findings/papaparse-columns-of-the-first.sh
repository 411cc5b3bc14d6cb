#!/usr/bin/env bash
# Papa Parse 5.7.1: writing objects, it leaves out every column that the first object does not have.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: `unparse` of a list of objects writes what they hold, with empty cells where one lacks a value; or says what it left out.
# Seen: the columns are the keys of the first object, and no other is ever written. If the first member of a list has no tier, nobody
#   has one in the file, and its size and its rows look right. Pass `columns`, from all of them.
#
#   A1 with 5 points, B2 with 7 and the tier Oro  card,points / A1,5 / B2,7
#   the same, the other way round                 card,points,tier / B2,7,Oro / A1,5,
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent papaparse@5.7.1
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';

const members = [
  { card: 'A1', points: 5 },
  { card: 'B2', points: 7, tier: 'Oro' },
];
const written = (list) => Papa.unparse(list).split('\r\n').join(' / ');
const seen = [written(members), written(members.toReversed())];
const readAgain = Papa.parse(Papa.unparse(members), { header: true });

console.log('papaparse', JSON.parse(readFileSync('node_modules/papaparse/package.json', 'utf8')).version);
console.log('as they are ', seen[0]);
console.log('turned round', seen[1]);
console.log('read again  ', JSON.stringify(readAgain.data), 'errors:', readAgain.errors.length);
const same = seen.join('|') === 'card,points / A1,5 / B2,7|card,points,tier / B2,7,Oro / A1,5,' && readAgain.errors.length === 0;
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
