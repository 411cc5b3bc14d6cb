#!/usr/bin/env bash
# bwip-js 4.11.4: a Code 128 with an accent is printed without complaint, and read as other letters.
# Seen on 2026-11-30; read by zxing-wasm 3.1.6. JsBarcode 3.12.3 beside it. Node 20.20.
#
# Expected: Code 128 has the letters of Latin-1: either «ñandú» comes back as it was given, or it is refused.
# Seen: bwip-js encodes the text as UTF-8 first, each accent in two signs, and every reader shows both. In a QR code the same call is
#   right. JsBarcode refuses the text. With `binarytext: true`, the text being Latin-1, bwip-js writes what was meant.
#
#   ñandú as Code 128             read as  Ã±andÃº
#   ñandú as Code 128, binarytext read as  ñandú
#   ñandú as QR code              read as  ñandú
#   JsBarcode                     refuses it
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent bwip-js@4.11.4 zxing-wasm@3.1.6 jsbarcode@3.12.3
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import bwip from 'bwip-js';
import JsBarcode from 'jsbarcode';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
const paper = { text: 'ñandú', scale: 4, height: 15, paddingwidth: 20, paddingheight: 20, backgroundcolor: 'FFFFFF' };
const readBack = async (options) =>
  (await readBarcodes(new Uint8Array(await bwip.toBuffer({ ...paper, ...options })))).map((one) => one.text).join();
let byJsBarcode = 'takes it';
try {
  JsBarcode({}, 'ñandú', { format: 'CODE128' });
} catch {
  byJsBarcode = 'refuses it';
}

console.log('bwip-js', JSON.parse(readFileSync('node_modules/bwip-js/package.json', 'utf8')).version);
const seen = {
  'Code 128': await readBack({ bcid: 'code128' }),
  'Code 128, binarytext': await readBack({ bcid: 'code128', binarytext: true }),
  'QR code': await readBack({ bcid: 'qrcode' }),
};
for (const [what, text] of Object.entries(seen)) console.log(`ñandú as ${what}`.padEnd(29), 'read as', text);
console.log('JsBarcode', byJsBarcode);
const same =
  Object.values(seen).join() === 'Ã±andÃº,ñandú,ñandú' && byJsBarcode === 'refuses it';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
