import { isSameMailbox } from './same-mailbox.js';

test.each([
  ['lucia@example.com', 'LUCIA@Example.com'],
  ['lucia+amiga@example.com', 'lucia@example.com'],
  ['lu.cia.p+1@gmail.com', 'luciap@googlemail.com'],
])('I2 %p and %p are one mailbox', (one, other) => {
  expect(isSameMailbox(one, other)).toBe(true);
});

test.each([
  ['lucia@example.com', 'lucia@example.org'],
  ['lu.cia@example.com', 'lucia@example.com'],
  ['lucia@example.com', 'lucia2@example.com'],
])('I2 %p and %p are two', (one, other) => {
  expect(isSameMailbox(one, other)).toBe(false);
});
