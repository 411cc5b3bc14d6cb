import { createConnection } from 'node:net';
import { decodeReply, encodeCommand } from './wire.js';

/**
 * Runs one command on a database that listens on loopback.
 * @param {number} port
 * @param {Record<string, unknown>} command
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<Record<string, unknown>>} the reply, also when its `ok` is 0
 * @throws when nothing listens there, or it does not answer in time, or does not speak MongoDB
 */
export function askDatabase(port, command, { timeoutMs = 2_000 } = {}) {
  return converse(port, encodeCommand(command), decodeReply, timeoutMs);
}

/**
 * Whether the database there takes writes.
 * @param {number} port
 * @param {{ timeoutMs?: number }} [options]
 */
export async function pingDatabase(port, options) {
  try {
    const hello = await askDatabase(port, { hello: 1 }, options);
    return hello.ok === 1 && hello.isWritablePrimary === true;
  } catch {
    return false;
  }
}

/**
 * Whether the Redis there takes our password and has loaded its data.
 * @param {number} port
 * @param {string} password
 * @param {{ timeoutMs?: number }} [options]
 */
export async function pingRedis(port, password, { timeoutMs = 2_000 } = {}) {
  const words = [['AUTH', password], ['PING']];
  const request = words.map((line) => `*${line.length}\r\n${line.map(redisBulk).join('')}`).join('');
  try {
    const lines = await converse(port, Buffer.from(request), (bytes) => readLines(bytes, 2), timeoutMs);
    return lines[0] === '+OK' && lines[1] === '+PONG';
  } catch {
    return false;
  }
}

/** @param {string} word */
function redisBulk(word) {
  return `$${Buffer.byteLength(word)}\r\n${word}\r\n`;
}

/**
 * @param {Buffer} bytes
 * @param {number} count
 * @returns {string[] | null}
 */
function readLines(bytes, count) {
  const lines = bytes.toString('utf8').split('\r\n');
  return lines.length > count ? lines.slice(0, count) : null;
}

/**
 * @template T
 * @param {number} port
 * @param {Buffer} request
 * @param {(bytes: Buffer) => T | null} read
 * @param {number} timeoutMs
 * @returns {Promise<T>}
 */
function converse(port, request, read, timeoutMs) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    const socket = createConnection({ port, host: '127.0.0.1' });
    const timer = setTimeout(() => socket.destroy(new Error('no answer in time')), timeoutMs);
    socket.once('close', () => {
      clearTimeout(timer);
      reject(new Error('the connection was closed without an answer'));
    });
    socket.once('error', reject);
    socket.once('connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      try {
        const answer = read(Buffer.concat(chunks));
        if (answer === null) return;
        resolve(answer);
        socket.end();
      } catch (error) {
        socket.destroy(/** @type {Error} */ (error));
      }
    });
  });
}
