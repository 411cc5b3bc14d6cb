import { readJson } from './json-fault.js';

test.each([
  ['{"a": 1}', { value: { a: 1 } }],
  ['{\n  "a": 1,,\n}', { fault: { line: 2, column: 10 } }],
  ['{\n  "a": 1', { fault: { line: 2, column: 9 } }],
  ['', { fault: { line: 1, column: 1 } }],
])('#29 %j is read, or its fault is placed', (text, expected) => {
  expect(readJson(text)).toEqual(expected);
});
