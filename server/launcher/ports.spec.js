import { createServer } from 'node:net';
import { freePort, isPortFree, isPortFreeSoon, nextFreePort, readPort } from './ports.js';

test('the next free port is the first from the wanted one upward', async () => {
  const taken = new Set([3000, 3001]);
  const isFree = async (port) => !taken.has(port);
  expect(await nextFreePort(3000, { isFree })).toBe(3002);
  expect(await nextFreePort(3010, { isFree })).toBe(3010);
});

test('when no port is free there is none, and none beyond 65535', async () => {
  const tried = [];
  const isFree = async (port) => tried.push(port) < 0;
  expect(await nextFreePort(3000, { isFree, triesMax: 3 })).toBeNull();
  expect(await nextFreePort(65_534, { isFree })).toBeNull();
  expect(tried).toEqual([3000, 3001, 3002, 65_534, 65_535]);
});

test('PORT is a whole number from 1 to 65535, or wrong', () => {
  expect(readPort(undefined)).toBeNull();
  expect(readPort(' ')).toBeNull();
  expect(readPort('8080')).toBe(8080);
  for (const text of ['0', '65536', '80.5', 'abc', '-1']) expect(readPort(text)).toBe('wrong');
});

test('a port that somebody listens on is not free', async () => {
  const port = await freePort();
  expect(await isPortFree(port)).toBe(true);
  const server = createServer();
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(await isPortFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
});

test('a port that was just let go counts as free, one that stays taken does not', async () => {
  let asked = 0;
  const isFree = () => Promise.resolve((asked += 1) > 2);
  expect(await isPortFreeSoon(3000, { isFree })).toBe(true);
  expect(await isPortFreeSoon(3000, { isFree: () => Promise.resolve(false), limitMs: 150 })).toBe(false);
});
