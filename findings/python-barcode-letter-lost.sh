#!/usr/bin/env bash
# python-barcode 0.16.1: in a Code 128 the letter ñ becomes a control sign, while í and ú are refused.
# Seen on 2026-11-30; read by zxing-wasm 3.1.6, Python 3.11, Node 20.20.
#
# Expected: a text with a letter that the writer does not know is refused; «García» is, with the letter named.
# Seen: «Muñoz» is taken. The ñ stands in its table for the function sign FNC1, which parts fields: a reader gives a separator (GS)
#   for it, and the letter is gone.
#
#   García  refused (í)
#   Muñoz   read as Mu<GS>oz
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent zxing-wasm@3.1.6 pngjs@7.0.0
python3 -m venv venv
venv/bin/pip install --quiet --only-binary :all: python-barcode==0.16.1
venv/bin/python - > bars.json <<'PY'
import json
from importlib.metadata import version
import barcode

seen = {"version": version("python-barcode")}
for name in ("García", "Muñoz"):
    try:
        seen[name] = barcode.get("code128", name).build()[0]
    except barcode.errors.IllegalCharacterError:
        seen[name] = "refused"
print(json.dumps(seen))
PY
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
const seen = JSON.parse(readFileSync('bars.json', 'utf8'));

// Four points a bar, with the quiet zone on both sides.
const quiet = '0'.repeat(20);
const row = [...quiet + seen['Muñoz'] + quiet].flatMap((bar) => Array(4).fill(bar === '1' ? 0 : 255));
const paper = new PNG({ width: row.length, height: 100 });
for (let y = 0; y < paper.height; y += 1)
  row.forEach((light, x) => paper.data.set([light, light, light, 255], (y * row.length + x) * 4));
const read = (await readBarcodes(new Uint8Array(PNG.sync.write(paper)))).map((one) => one.text).join();

console.log('python-barcode', seen.version);
console.log('García ', seen['García']);
console.log('Muñoz   read as', read);
const same = seen['García'] === 'refused' && read === 'Mu<GS>oz';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
