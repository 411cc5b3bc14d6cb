import { homeOf, sandboxId } from './sandbox.js';

const PLAZA = '01KATN8VJ4PAZA000000000000';

test('#47 the id of a sandbox leads back to its program, and no two of its generations are one', () => {
  expect([homeOf(PLAZA), homeOf(sandboxId(PLAZA, 12))]).toEqual([PLAZA, PLAZA]);
  expect(sandboxId(PLAZA, 1)).not.toBe(sandboxId(PLAZA, 2));
});
