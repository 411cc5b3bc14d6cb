#!/usr/bin/env bash
# NestJS 12.1.1 over Socket.IO 4.8.4: who asks and is answered with null is never answered.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: what a handler of a gateway gives back is the acknowledgement that the asking side waits for, "no rank yet" (null) too.
# Seen: 0, '' and false arrive; null and a handler without a return value are taken for "no answer", so the other side waits until its
#   own timer ends, and for ever without one. Of several values of an Observable only the first arrives. Give back an object, always.
#
#   seven 7   zero 0   none: no answer   nothing: no answer   three values: 1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent @nestjs/common@12.5.1 @nestjs/core@12.5.1 @nestjs/platform-fastify@12.5.0 @nestjs/platform-socket.io@12.1.1 @nestjs/websockets@12.1.1 reflect-metadata@0.2.2 rxjs@7.8.2 socket.io@4.8.4 socket.io-client@4.8.4
cat > finding.js <<'JS'
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { of } from 'rxjs';
import { io } from 'socket.io-client';

class Ranks {}
const answers = { seven: () => 7, zero: () => 0, none: () => null, nothing: () => undefined, values: () => of(1, 2, 3) };
for (const [name, answer] of Object.entries(answers)) {
  Object.defineProperty(Ranks.prototype, name, { value: answer });
  SubscribeMessage(name)(Ranks.prototype, name, { value: answer });
}
WebSocketGateway()(Ranks);
class App {}
Module({ providers: [Ranks] })(App);

const app = await NestFactory.create(App, new FastifyAdapter(), { logger: false });
app.useWebSocketAdapter(new IoAdapter(app));
await app.listen(0, '127.0.0.1');
const socket = io(`http://127.0.0.1:${app.getHttpServer().address().port}`, { transports: ['websocket'] });
await new Promise((done) => socket.once('connect', done));
const seen = {};
for (const name of Object.keys(answers))
  seen[name] = await socket.timeout(1000).emitWithAck(name, {}).catch(() => 'no answer');
socket.close();
await app.close();

console.log('@nestjs/websockets', JSON.parse(readFileSync('node_modules/@nestjs/websockets/package.json', 'utf8')).version);
console.log(JSON.stringify(seen));
const same = JSON.stringify(seen) === '{"seven":7,"zero":0,"none":"no answer","nothing":"no answer","values":1}';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
