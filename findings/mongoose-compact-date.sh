#!/usr/bin/env bash
# Mongoose 9.12.1: a date written as 20261130 is stored as the first of January 1970.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: ISO 8601 has two forms of a day, 2026-11-30 and 20261130; tills and spreadsheets write the short one. A field of type Date
#   either understands it or refuses it, as it refuses 30/11/2026.
# Seen: a text of digits above 275760 is taken for milliseconds since 1970, so the day is accepted and becomes another one. And a day
#   that does not exist rolls on: 30 February is stored as 2 March. Neither is a validation error.
#
#   2026-11-30  2026-11-30T00:00:00.000Z
#   20261130    1970-01-01T05:37:41.130Z
#   2026-02-30  2026-03-02T00:00:00.000Z
#   30/11/2026  refused
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent mongoose@9.12.1
cat > finding.js <<'JS'
import mongoose from 'mongoose';

const Purchase = mongoose.model('Purchase', new mongoose.Schema({ at: Date }));
const stored = async (at) => {
  const purchase = new Purchase({ at });
  const isRefused = await purchase.validate().then(() => false, () => true);
  return isRefused ? 'refused' : purchase.at.toISOString();
};

console.log('mongoose', mongoose.version);
const seen = {};
for (const text of ['2026-11-30', '20261130', '2026-02-30', '30/11/2026']) {
  seen[text] = await stored(text);
  console.log(text.padEnd(11), seen[text]);
}
const same =
  seen['2026-11-30'] === '2026-11-30T00:00:00.000Z' &&
  seen['20261130'] === '1970-01-01T05:37:41.130Z' &&
  seen['2026-02-30'] === '2026-03-02T00:00:00.000Z' &&
  seen['30/11/2026'] === 'refused';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
TZ=UTC node finding.js
