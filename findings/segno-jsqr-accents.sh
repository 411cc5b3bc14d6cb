#!/usr/bin/env bash
# segno 1.6.6 (Python) writes a QR code with accents that jsQR 1.4.0 finds, and reads as an empty text.
# Seen on 2026-11-30; zxing-wasm 3.1.6 beside it, Python 3.11, Node 20.20.
#
# Expected: a QR code that one common library writes gives the same text in another, or none is found.
# Seen: segno keeps to the letter of the standard and takes Latin-1 where that suffices, without saying so in the code. jsQR takes all
#   bytes for UTF-8, and where they are none it answers with a code whose text is '': no error, and a scanner that goes on with nothing.
#   zxing guesses rightly. Only a text with a letter outside Latin-1 (€) works by itself. With `encoding='utf-8'` all three agree.
#
#   ñandú         jsQR ''        zxing 'ñandú'
#   ñandú, utf-8  jsQR 'ñandú'   zxing 'ñandú'
#   ñandú €       jsQR 'ñandú €' zxing 'ñandú €'
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent jsqr@1.4.0 zxing-wasm@3.1.6 pngjs@7.0.0
python3 -m venv venv
venv/bin/pip install --quiet --only-binary :all: segno==1.6.6
venv/bin/python - > codes.json <<'PY'
import json
import segno

asked = {"ñandú": ("ñandú", None), "ñandú, utf-8": ("ñandú", "utf-8"), "ñandú €": ("ñandú €", None)}
made = {what: segno.make(text, micro=False, encoding=encoding) for what, (text, encoding) in asked.items()}
print(json.dumps({"version": segno.__version__, "codes": {what: [list(row) for row in code.matrix] for what, code in made.items()}}))
PY
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
const [SCALE, QUIET] = [6, 4];
function drawn(matrix) {
  const size = (matrix.length + 2 * QUIET) * SCALE;
  const paper = new PNG({ width: size, height: size });
  for (let at = 0; at < size * size; at += 1) {
    const [x, y] = [at % size, Math.floor(at / size)].map((point) => Math.floor(point / SCALE) - QUIET);
    const light = matrix[y]?.[x] ? 0 : 255;
    paper.data.set([light, light, light, 255], at * 4);
  }
  return paper;
}

const { version, codes } = JSON.parse(readFileSync('codes.json', 'utf8'));
console.log('segno', version, 'jsQR', JSON.parse(readFileSync('node_modules/jsqr/package.json', 'utf8')).version);
const seen = [];
for (const [what, matrix] of Object.entries(codes)) {
  const paper = drawn(matrix);
  const byJsQr = (jsQR.default ?? jsQR)(new Uint8ClampedArray(paper.data), paper.width, paper.height);
  const byZxing = await readBarcodes(new Uint8Array(PNG.sync.write(paper)));
  seen.push([byJsQr?.data ?? 'none found', byZxing[0]?.text ?? 'none found']);
  console.log(what.padEnd(13), 'jsQR', JSON.stringify(seen.at(-1)[0]), 'zxing', JSON.stringify(seen.at(-1)[1]));
}
const same = JSON.stringify(seen) === '[["","ñandú"],["ñandú","ñandú"],["ñandú €","ñandú €"]]';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
