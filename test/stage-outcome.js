import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {{ test: string, reason: string }} Failure a test that failed, and the beginning of why
 * @typedef {{
 *   stage: string, passed: number, failed: number, skipped: number, seconds: number, note?: string, failures?: Failure[], slow?: Slow[],
 * }} Outcome
 * @typedef {{ file: string, seconds: number, budget: number }} Slow a file of tests that took longer than one of its stage should
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   numRuntimeErrorTestSuites: number, testResults?: Suite[],
 * }} Report what jest writes with --json
 * @typedef {{
 *   name: string, message: string, startTime: number, endTime: number,
 *   assertionResults: { status: string, fullName: string, failureMessages: string[] | null }[],
 * }} Suite a file of tests
 */

/** So much of a reason is said once more at the end. */
const REASON_LINES = 12;

/**
 * What a stage counts for. It errs on the side of failure: a stage without a report or without a single test, a file that
 * does not load, and an exit code that no failed test explains are failures.
 * @param {{ stage: string, report: Report | null, code: number | string, seconds: number, isPart?: boolean, isByTitle?: boolean }} run
 *   `isPart`: only some of its files or tests were asked for, so there may be none;
 *   `isByTitle`: tests were chosen by title, so those that were passed over are not skipped ones
 * @returns {Outcome}
 */
export function outcomeOf({ stage, report, code, seconds, isPart = false, isByTitle = false }) {
  if (!report) return { ...nothing(stage), failed: 1, seconds, note: `ended (${code}) without a report` };
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const skipped = isByTitle ? 0 : report.numPendingTests + report.numTodoTests;
  if (failed === 0 && code !== 0) {
    return { stage, passed, failed: 1, skipped, seconds, note: `ended (${code}) although no test failed` };
  }
  if (failed > 0) return { stage, passed, failed, skipped, seconds, failures: failuresOf(report) };
  if (!isPart && passed + failed + skipped === 0)
    return { ...nothing(stage), failed: 1, seconds, note: 'no tests found' };
  return { stage, passed, failed, skipped, seconds };
}

/**
 * Every test that failed, and every file that did not load, with the beginning of why.
 * @param {Report} report
 * @returns {Failure[]}
 */
function failuresOf({ testResults = [] }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const isUnloaded = failed.length === 0 && message !== '';
    if (isUnloaded) return [{ test: name, reason: beginningOf(message) }];
    return failed.map(({ fullName, failureMessages }) => ({
      test: `${name} › ${fullName}`,
      reason: beginningOf(failureMessages?.[0] ?? ''),
    }));
  });
}

/** @param {string} message */
function beginningOf(message) {
  const lines = stripVTControlCharacters(message).split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !/node_modules/.test(line))
    .slice(0, REASON_LINES)
    .join('\n');
}

/**
 * The files that took longer than `budget`, the longest first: warned of, never failed, since machines differ.
 * @param {Report | null} report
 * @param {number} budget seconds
 * @returns {Slow[]}
 */
export function slowIn(report, budget) {
  return (report?.testResults ?? [])
    .map(({ name, startTime, endTime }) => ({ file: name, seconds: (endTime - startTime) / 1000, budget }))
    .filter(({ seconds }) => seconds > budget)
    .sort((one, other) => other.seconds - one.seconds);
}

/**
 * @param {string} stage
 * @returns {Outcome}
 */
export function nothing(stage) {
  return { stage, passed: 0, failed: 0, skipped: 0, seconds: 0 };
}

/**
 * The last line of a run. A run in which nothing ran is no success, unless nothing was to run (`mayBeNone`).
 * @param {readonly Outcome[]} outcomes
 * @param {{ mayBeNone?: boolean }} [options]
 * @returns {{ line: string, isGood: boolean }}
 */
export function lastLineOf(outcomes, { mayBeNone = false } = {}) {
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const ran = sum('passed') + sum('failed') + sum('skipped');
  const failed = ran === 0 && !mayBeNone ? 1 : sum('failed');
  return { line: `${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`, isGood: failed === 0 };
}
