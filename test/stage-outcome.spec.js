import { lastLineOf, nothing, outcomeOf, slowIn } from './stage-outcome.js';

const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 0,
};
const run = { stage: 'flows', report, code: 0, seconds: 1 };

test('counts what jest reports, todo as skipped', () => {
  expect(outcomeOf(run)).toEqual({ stage: 'flows', passed: 3, failed: 0, skipped: 2, seconds: 1 });
});

test('a stage that crashed before its report counts as failed', () => {
  expect(outcomeOf({ ...run, report: null, code: 'SIGKILL' })).toMatchObject({ passed: 0, failed: 1 });
});

test('a file that does not load counts as failed', () => {
  const broken = { ...report, numRuntimeErrorTestSuites: 2 };
  expect(outcomeOf({ ...run, report: broken, code: 1 })).toMatchObject({ passed: 3, failed: 2 });
});

test('what failed, and what did not load, is named with the beginning of why', () => {
  const failedTest = {
    status: 'failed',
    fullName: 'H4 places',
    failureMessages: ['Error: \u001b[31mtwo\u001b[39m\n\n  at x.ts:1'],
  };
  const testResults = [
    { name: '/a.flow.ts', message: 'all of it', assertionResults: [failedTest, { ...failedTest, status: 'passed' }] },
    { name: '/b.flow.ts', message: 'Cannot find module', assertionResults: [] },
  ];
  const broken = { ...report, numFailedTests: 1, numRuntimeErrorTestSuites: 1, testResults };
  expect(outcomeOf({ ...run, report: broken, code: 1 }).failures).toEqual([
    { test: '/a.flow.ts › H4 places', reason: 'Error: two\n  at x.ts:1' },
    { test: '/b.flow.ts', reason: 'Cannot find module' },
  ]);
});

test('an exit code that no failed test explains counts as failed', () => {
  expect(outcomeOf({ ...run, code: 1 })).toMatchObject({ passed: 3, failed: 1 });
});

test('a stage in which no test was found counts as failed, unless only a part was asked for', () => {
  const empty = { ...report, numPassedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  expect(outcomeOf({ ...run, report: empty })).toMatchObject({ passed: 0, failed: 1 });
  expect(outcomeOf({ ...run, report: empty, isPart: true })).toMatchObject({ passed: 0, failed: 0 });
});

test('tests passed over by a title are not skipped ones', () => {
  expect(outcomeOf({ ...run, isByTitle: true }).skipped).toBe(0);
});

test('files over the budget of their stage are named, the longest first', () => {
  const took = (name, seconds) => ({ name, startTime: 1_000, endTime: 1_000 + seconds * 1000 });
  const testResults = [took('/a.flow.ts', 61), took('/b.flow.ts', 60), took('/c.flow.ts', 90)];
  expect(slowIn({ ...report, testResults }, 60)).toEqual([
    { file: '/c.flow.ts', seconds: 90, budget: 60 },
    { file: '/a.flow.ts', seconds: 61, budget: 60 },
  ]);
  expect(slowIn(null, 60)).toEqual([]);
});

test('the last line sums the stages', () => {
  const outcomes = [outcomeOf(run), outcomeOf({ ...run, report: null })];
  expect(lastLineOf(outcomes)).toEqual({ line: '3 passed, 1 failed, 2 skipped', isGood: false });
  expect(lastLineOf([outcomeOf(run)]).isGood).toBe(true);
});

test('a run in which nothing ran is no success', () => {
  expect(lastLineOf([nothing('flows')])).toEqual({ line: '0 passed, 1 failed, 0 skipped', isGood: false });
  expect(lastLineOf([], { mayBeNone: true })).toEqual({ line: '0 passed, 0 failed, 0 skipped', isGood: true });
});
