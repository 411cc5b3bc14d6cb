#!/usr/bin/env bash
# python-barcode 0.16.1: a wrong check digit is put right in silence, and Code 39 gets a letter that nobody asked for.
# Seen on 2026-11-30 beside JsBarcode 3.12.3, Python 3.11, Node 20.20.
#
# Expected: a check digit is there to find mistakes in typing: 13 digits whose last one does not fit are refused, as JsBarcode does. And
#   a Code 39, which has no check sign unless both sides agree on one, holds the text that was given.
# Seen: python-barcode drops the last digit and reckons its own, so a mistyped card becomes another one that is valid. To `ABC-1` it
#   adds an R in the bars (`add_checksum=False` leaves it out): scanners in their usual setting read `ABC-1R`.
#
#   5901234123456  python-barcode 5901234123457  JsBarcode refused
#   ABC-1          python-barcode ABC-1R         JsBarcode ABC-1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent jsbarcode@3.12.3
python3 -m venv venv
venv/bin/pip install --quiet --only-binary :all: python-barcode==0.16.1
venv/bin/python - > python.json <<'PY'
import json
from importlib.metadata import version
import barcode

made = [barcode.get(kind, text).get_fullcode() for kind, text in (("ean13", "5901234123456"), ("code39", "ABC-1"))]
print(json.dumps({"version": version("python-barcode"), "made": made}))
PY
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import JsBarcode from 'jsbarcode';

const { version, made } = JSON.parse(readFileSync('python.json', 'utf8'));
const byJsBarcode = [['EAN13', '5901234123456'], ['CODE39', 'ABC-1']].map(([format, text]) => {
  const drawn = {};
  try {
    JsBarcode(drawn, text, { format });
    return drawn.encodings.map((part) => part.text).join('');
  } catch {
    return 'refused';
  }
});

console.log('python-barcode', version);
['5901234123456', 'ABC-1'].forEach((text, index) =>
  console.log(text.padEnd(14), 'python-barcode', made[index].padEnd(14), 'JsBarcode', byJsBarcode[index]),
);
const same = made.join() === '5901234123457,ABC-1R' && byJsBarcode.join() === 'refused,ABC-1';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
