#!/usr/bin/env bash
# zod 4.6.7: inside a template literal a text with two patterns has only the last of them, and as if it described the whole text.
# Seen on 2026-11-30 with Node 20.20.
#
# Expected: `templateLiteral(['row:', Id])` takes `row:` followed by whatever `Id` takes.
# Seen: of the patterns of `Id` the last one alone goes into the template, without its ^ and $; one that only asks how a text begins then
#   asks that nothing follows. So the order in which two patterns are written decides, and what `Id` takes the template refuses.
#   One pattern for the whole text, written with both of its ends, says the same in both places.
#
#   Id = string, /^[a-z0-9-]+$/ and /^[a-z]/
#   blog-7        Id takes it
#   row:blog-7    the template refuses it; with the two patterns the other way round it takes it
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent zod@4.6.7
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const [form, beginning] = [/^[a-z0-9-]+$/, /^[a-z]/];
const orders = {
  'form, then beginning': z.string().regex(form).regex(beginning),
  'beginning, then form': z.string().regex(beginning).regex(form),
};
const takes = (schema, text) => schema.safeParse(text).success;
const seen = Object.entries(orders).map(([order, Id]) => {
  const Row = z.templateLiteral(['row:', Id]);
  return [order, takes(Id, 'blog-7'), takes(Row, 'row:blog-7'), Row._zod.pattern.source];
});

console.log('zod', JSON.parse(readFileSync('node_modules/zod/package.json', 'utf8')).version);
for (const [order, alone, within, pattern] of seen)
  console.log(`${order}: alone ${alone ? 'taken' : 'refused'}, in the template ${within ? 'taken' : 'refused'}, by ${pattern}`);
const same = JSON.stringify(seen.map(([, alone, within]) => [alone, within])) === '[[true,false],[true,true]]';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
