import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The command line of a process, or `null` when there is no such process. A zombie counts as gone: it holds no port and
 * no file any more, and in a container without an init it may stay in the table for ever.
 * @param {number} pid
 * @returns {string | null}
 */
export function commandOf(pid) {
  if (!Number.isInteger(pid) || pid <= 1) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return null;
  }
  if (process.platform === 'linux') {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return command === '' ? null : command;
    } catch {
      return null;
    }
  }
  try {
    const line = execFileSync('ps', ['-ww', '-o', 'state=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}

/**
 * Whether that process still runs and is the one that is meant: process numbers are given out again, so a number alone
 * proves nothing.
 * @param {number} pid
 * @param {string} [mark] text that its command line must contain
 */
export function isRunning(pid, mark = '') {
  const command = commandOf(pid);
  return command !== null && command.includes(mark);
}

/**
 * Ends a process politely, then not: SIGTERM, and SIGKILL when it is still there after the limit.
 * @param {number} pid
 * @param {{ limitMs?: number, mark?: string }} [options] `mark` as in `isRunning`: another process with that number is left alone
 * @returns {Promise<'gone' | 'ended' | 'killed'>} `gone` when it was not running any more
 */
export async function endProcess(pid, { limitMs = 10_000, mark = '' } = {}) {
  if (!isRunning(pid, mark)) return 'gone';
  sendSignal(pid, 'SIGTERM');
  if (await waitUntilGone(pid, mark, limitMs)) return 'ended';
  sendSignal(pid, 'SIGKILL');
  await waitUntilGone(pid, mark, 5_000);
  return 'killed';
}

/**
 * @param {number} pid
 * @param {string} mark
 * @param {number} limitMs
 * @returns {Promise<boolean>} whether it went within the limit
 */
export async function waitUntilGone(pid, mark, limitMs) {
  const until = Date.now() + limitMs;
  for (let waitMs = 5; isRunning(pid, mark); waitMs = Math.min(waitMs * 2, 100)) {
    if (Date.now() >= until) return false;
    await sleep(waitMs);
  }
  return true;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
