#!/usr/bin/env bash
# NestJS 12.5.1: ParseIntPipe hands on another number where the digits do not fit, instead of refusing them.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: the pipe is there to refuse what is no integer that a handler could use; it refuses 12.0 and an empty text. A card of 19
#   digits, which loyalty cards may have, is either handed on as it is or refused.
# Seen: it is rounded without a word, so the handler asks for another card. Two cards become one. A leading zero is lost as well.
#   Numbers of cards belong into texts, with a pattern; `Number.isSafeInteger` is for whoever needs integers.
#
#   6337990000000000019  becomes  6337990000000000000
#   6337990000000000499  becomes  6337990000000000000
#   0412345678903        becomes  412345678903
#   12.0                 refused
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent @nestjs/common@12.5.1 reflect-metadata@0.2.2 rxjs@7.8.2
cat > finding.js <<'JS'
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { ParseIntPipe } from '@nestjs/common';

const pipe = new ParseIntPipe();
const handedOn = (text) => pipe.transform(text, { type: 'param', data: 'card' }).then((number) => BigInt(number).toString(), () => 'refused');

console.log('@nestjs/common', JSON.parse(readFileSync('node_modules/@nestjs/common/package.json', 'utf8')).version);
const seen = {};
for (const text of ['6337990000000000019', '6337990000000000499', '0412345678903', '12.0']) {
  seen[text] = await handedOn(text);
  console.log(text.padEnd(19), seen[text]);
}
const same =
  seen['6337990000000000019'] === '6337990000000000000' &&
  seen['6337990000000000499'] === '6337990000000000000' &&
  seen['0412345678903'] === '412345678903' &&
  seen['12.0'] === 'refused';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
