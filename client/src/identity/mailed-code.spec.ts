import { mailedCode } from './mailed-code.js';

const CODE = 'aB3-_'.padEnd(43, 'x');

test.each([
  [`#code=${CODE}`, CODE],
  [`#x=1&code=${CODE}`, CODE],
  ['', undefined],
  ['#content', undefined],
  [`#code=${CODE.slice(1)}`, null],
  [`#code=${CODE}x`, null],
  ['#code=', null],
])('of %s it is %s', (hash, code) => {
  expect(mailedCode(hash)).toBe(code);
});
