#!/usr/bin/env bash
# redis (node-redis) 6.3.1: the option `timeout` of a command ends only what was not yet written to the socket.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: with `commandOptions: { timeout: 200 }` a call is over after 200 ms, whatever the server does.
# Seen: against a server that greets, then takes the command and never answers, the call still waits ten times as long. Node-redis
#   takes the timer off as soon as the command is written. Where a call must end, race it against a timer of your own.
#
#   GET with a timeout of 200 ms: still waiting after 2000 ms
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent redis@6.3.1
cat > finding.js <<'JS'
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createClient } from 'redis';

let isSilent = false;
let wasWritten = false;
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    const text = bytes.toString();
    if (isSilent) return void (wasWritten ||= text.includes('GET'));
    // The greeting: an empty map for HELLO, OK for each of the others.
    for (const command of text.split(/^(?=\*)/m)) socket.write(command.includes('HELLO') ? '%0\r\n' : '+OK\r\n');
  });
});
await once(server.listen(0, '127.0.0.1'), 'listening');

const client = createClient({ url: `redis://127.0.0.1:${server.address().port}`, commandOptions: { timeout: 200 } });
client.on('error', () => undefined);
await client.connect();
isSilent = true;
const outcome = await Promise.race([
  client.get('points').then(() => 'answered', (error) => `refused: ${error.message}`),
  new Promise((done) => setTimeout(done, 2000, 'still waiting')),
]);
client.destroy();
server.close();

console.log('redis', JSON.parse(readFileSync('node_modules/redis/package.json', 'utf8')).version);
console.log(`GET with a timeout of 200 ms: ${outcome} after 2000 ms (the server ${wasWritten ? 'has' : 'never got'} it)`);
const same = outcome === 'still waiting' && wasWritten;
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
