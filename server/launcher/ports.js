import { createServer } from 'node:net';

/**
 * A free loopback port, chosen by the system.
 * @returns {Promise<number>}
 */
export async function freePort() {
  return (await listenOnce(0, '127.0.0.1')) ?? Promise.reject(new Error('the system gave no free port'));
}

/**
 * Whether a server may listen there, on the loopback addresses and on all of them: a program that listens on one of
 * them only would let the other bind succeed.
 * @param {number} port
 */
export async function isPortFree(port) {
  if ((await listenOnce(port, '127.0.0.1')) === null) return false;
  return (await listenOnce(port, undefined)) !== null;
}

/**
 * Whether a port is free, or becomes so within a moment: a server that was just ended lets its connections go a little
 * later, and a passing connection of another program may borrow it for an instant.
 * @param {number} port
 * @param {{ isFree?: (port: number) => Promise<boolean>, limitMs?: number }} [options]
 */
export async function isPortFreeSoon(port, { isFree = isPortFree, limitMs = 3_000 } = {}) {
  for (const until = Date.now() + limitMs; ;) {
    if (await isFree(port)) return true;
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * The first free port from `wanted` upward.
 * @param {number} wanted
 * @param {{ isFree?: (port: number) => Promise<boolean>, triesMax?: number }} [options]
 * @returns {Promise<number | null>} `null` when none of `triesMax` ports is free
 */
export async function nextFreePort(wanted, { isFree = isPortFree, triesMax = 50 } = {}) {
  for (let port = wanted; port < wanted + triesMax && port <= 65_535; port++) {
    if (await isFree(port)) return port;
  }
  return null;
}

/**
 * The port that a person asked for with `PORT`.
 * @param {string | undefined} text
 * @returns {number | null | 'wrong'} `null` when nothing was asked for
 */
export function readPort(text) {
  if (text === undefined || text.trim() === '') return null;
  const port = Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : 'wrong';
}

/**
 * @param {number} port
 * @param {string | undefined} host
 * @returns {Promise<number | null>}
 */
function listenOnce(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, ...(host === undefined ? {} : { host }), exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
