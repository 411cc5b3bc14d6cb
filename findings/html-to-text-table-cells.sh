#!/usr/bin/env bash
# html-to-text 10.0.1: the cells of a table run into each other, so 12 points and 50 euros become 1250.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: in the text part of a mail what stood apart stands apart; a blank between two cells is the least.
# Seen: a table is taken for layout unless it is named as one of data: cells are joined without anything between, rows as well. With
#   `{ selector: 'table', format: 'dataTable' }` there are columns. Most HTML mails are laid out in tables, so look at both kinds.
#
#   as it comes  PuntosEuros1250
#   dataTable    PUNTOS   EUROS
#                12       50
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent html-to-text@10.0.1
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import { convert } from 'html-to-text';

const html = '<table><tr><th>Puntos</th><th>Euros</th></tr><tr><td>12</td><td>50</td></tr></table>';
const plain = convert(html);
const data = convert(html, { selectors: [{ selector: 'table', format: 'dataTable' }] });

console.log('html-to-text', JSON.parse(readFileSync('node_modules/html-to-text/package.json', 'utf8')).version);
console.log('as it comes:', JSON.stringify(plain));
console.log('dataTable:  ', JSON.stringify(data));
const same = plain === 'PuntosEuros1250' && /12 +50/.test(data);
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
