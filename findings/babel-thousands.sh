#!/usr/bin/env bash
# Babel 2.19.0 (Python) and Intl (Node): one number, one language, one source of rules, two ways to write it.
# Seen on 2026-11-30, Python 3.11, Node 20.20.
#
# Expected: both take their rules from the Unicode locale data, so a mail that Python writes and a page that JavaScript writes agree.
# Seen: Spanish has a rule that four digits stand together (1234, but 12.345). Intl keeps it, Babel does not know it. And in short form
#   Babel rounds to whole units where Intl keeps two digits: a million and a half points are two million. Ask both sides for the
#   grouping (`useGrouping: 'always'`) and for the digits, or write each number on one side only.
#
#   1234     Babel 1.234       Intl 1234
#   1234.5 € Babel 1.234,50 €  Intl 1234,50 €
#   1500000  Babel 2 M         Intl 1,5 M
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --only-binary :all: babel==2.19.0
venv/bin/python - > python.json <<'PY'
import json
from importlib.metadata import version
from babel.numbers import format_compact_decimal, format_currency, format_decimal

made = [
    format_decimal(1234, locale="es"),
    format_currency(1234.5, "EUR", locale="es"),
    format_compact_decimal(1_500_000, locale="es"),
]
print(json.dumps({"version": version("babel"), "made": made}))
PY
cat > finding.mjs <<'JS'
import { readFileSync } from 'node:fs';

const { version, made } = JSON.parse(readFileSync('python.json', 'utf8'));
const plain = (text) => text.replaceAll(/\s/g, ' ');
const byBabel = made.map(plain);
const inSpanish = (number, options) => plain(new Intl.NumberFormat('es', options).format(number));
const byIntl = [
  inSpanish(1234),
  inSpanish(1234.5, { style: 'currency', currency: 'EUR' }),
  inSpanish(1_500_000, { notation: 'compact' }),
];

console.log('Babel', version, 'with its locale data; Node', process.versions.node, 'with CLDR', process.versions.cldr);
byBabel.forEach((text, index) => console.log('Babel', text.padEnd(12), 'Intl', byIntl[index]));
const same = byBabel.join('|') === '1.234|1.234,50 €|2 M' && byIntl.join('|') === '1234|1234,50 €|1,5 M';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.mjs
