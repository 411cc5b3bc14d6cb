import { isPassingFault } from './passing-fault.js';

const fault = (name: string, code?: number, label?: string) =>
  Object.assign(new Error(name), { name, code, hasErrorLabel: (one: string) => one === label });

test.each([
  ['a broken line', fault('MongoNetworkError')],
  ['a pool that was cleared', fault('MongoPoolClearedError')],
  ['a connection that does not come', fault('MongooseError')],
  ['a write conflict', fault('MongoServerError', 112)],
  ['a primary that stepped down', fault('MongoServerError', 189)],
  ['a key that another was faster with', fault('MongoBulkWriteError', 11_000)],
  ['a full disk', fault('MongoServerError', 14_031)],
  ['what the database says passes', fault('MongoServerError', 1, 'TransientTransactionError')],
  ['a commit of which nobody knows', fault('MongoServerError', undefined, 'UnknownTransactionCommitResult')],
])('%s passes', (_, error) => {
  expect(isPassingFault(error)).toBe(true);
});

test.each([
  ['a document that is too large', fault('MongoServerError', 10_334)],
  ['the same, seen by the driver', fault('MongoInvalidArgumentError')],
  ['a key with a NUL', fault('BSONError')],
  ['a name that may not be', fault('MongoServerError', 52)],
  ['a value of another type', fault('CastError')],
  ['a defect of ours', new TypeError('undefined is not a function')],
  ['no error', 'MongoNetworkError'],
])('%s does not', (_, error) => {
  expect(isPassingFault(error)).toBe(false);
});
