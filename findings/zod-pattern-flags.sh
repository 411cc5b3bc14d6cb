#!/usr/bin/env bash
# zod 4.6.7: the JSON Schema of a regular expression loses its flags, so the printed contract refuses what the server takes.
# Seen on 2026-11-30 with ajv 8.20.0, Node 20.20.
#
# Expected: `toJSONSchema` describes the same texts, or says that it cannot (as it does for a Date, which it refuses to print).
# Seen: `pattern` is the bare source. With /i a code in capitals is right for zod and wrong for every reader of the schema; with /m a
#   text of several lines likewise. Nothing tells. Write the letters of both cases into the expression, or lay the case down first.
#
#   /^plaza-\d+$/i  is printed as  ^plaza-\d+$
#   PLAZA-7         zod takes it, the schema refuses it
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent zod@4.6.7 ajv@8.20.0
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod';

const Code = z.string().regex(/^plaza-\d+$/i);
const printed = z.toJSONSchema(Code);
const isValid = new Ajv2020().compile(printed);
let saysWhatItCannot = false;
try {
  z.toJSONSchema(z.date());
} catch {
  saysWhatItCannot = true;
}

console.log('zod', JSON.parse(readFileSync('node_modules/zod/package.json', 'utf8')).version);
console.log('pattern', printed.pattern);
const seen = ['plaza-7', 'PLAZA-7'].map((code) => [code, Code.safeParse(code).success, isValid(code)]);
for (const [code, byZod, bySchema] of seen)
  console.log(code, 'zod', byZod ? 'takes it,' : 'refuses it,', 'the schema', bySchema ? 'takes it' : 'refuses it');
const same = saysWhatItCannot && JSON.stringify(seen) === '[["plaza-7",true,true],["PLAZA-7",true,false]]';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
