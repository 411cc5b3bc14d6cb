import { readOptions, readProgramOption } from './read-options.js';
import { openTerminal, UsageError } from './terminal.js';

const terminal = openTerminal('en');
const spec = { required: ['program'], optional: ['shift-weeks'], usage: 'Usage.' };
const read = (...args: string[]) => readOptions(args, spec, terminal);

test('options come as two words or with an equals sign, which also carries a negative number', () => {
  expect([...read('--program', 'plaza', '--shift-weeks=-3')]).toEqual([
    ['program', 'plaza'],
    ['shift-weeks', '-3'],
  ]);
  expect(read('--program', 'plaza', '--shift-weeks', '-3').get('shift-weeks')).toBe('-3');
});

test.each([
  [['--programme', 'x'], '--programme is not known'],
  [['plaza'], 'plaza is not known'],
  [['--program'], '--program needs a value'],
  [['--program', '--shift-weeks'], '--program needs a value'],
  [['--program='], '--program needs a value'],
  [['--program', 'a', '--program', 'b'], '--program is given twice'],
  [['--shift-weeks', '1'], '--program is missing'],
])('%j names the option that is wrong', (args, sentence) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(sentence);
});

test('a program is named by its slug', () => {
  expect(readProgramOption(read('--program', 'plaza'), terminal)).toBe('plaza');
  expect(() => readProgramOption(read('--program', 'La Plaza'), terminal)).toThrow('La Plaza');
});
