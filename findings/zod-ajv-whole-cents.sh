#!/usr/bin/env bash
# zod 4.6.7 and ajv 8.20.0: an amount in steps of a cent is right for one and wrong for the other, by zod's own schema.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: `multipleOf(0.01)` means whole cents for both; 19.99 is one.
# Seen: zod reckons in decimals, ajv divides: 19.99 / 0.01 is 1998.9999999999998, which is no integer to it. Of the 10,000 amounts
#   from 0.01 to 100.00 ajv refuses hundreds, and zod none. Ajv's option `multipleOfPrecision` mends it, but who reads a printed schema
#   does not know of it. Amounts in a contract are better whole numbers of minor units.
#
#   19.99  zod takes it, ajv refuses it
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

const Amount = z.number().multipleOf(0.01);
const isValid = new Ajv2020().compile(z.toJSONSchema(Amount));
const amounts = Array.from({ length: 10_000 }, (_, index) => Number(((index + 1) / 100).toFixed(2)));
const byZod = amounts.filter((amount) => !Amount.safeParse(amount).success);
const byAjv = amounts.filter((amount) => !isValid(amount));

for (const name of ['zod', 'ajv'])
  console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version);
console.log(`of ${amounts.length} amounts of whole cents zod refuses ${byZod.length}, ajv ${byAjv.length}`);
console.log('the first that ajv refuses:', byAjv.slice(0, 8).join(' '));
const same = byZod.length === 0 && byAjv.length > 100 && byAjv.includes(19.99);
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
