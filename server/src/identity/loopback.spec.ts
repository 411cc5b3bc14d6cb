import { isLoopback } from './loopback.js';

test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1'])('L12 %s is here', (address) => {
  expect(isLoopback(address)).toBe(true);
});

test.each(['', '10.0.0.1', '128.0.0.1', '1127.0.0.1', '127.0.0.1.evil.example', '::2', 'fe80::1', '::ffff:10.0.0.1'])(
  'L12 %s is not',
  (address) => {
    expect(isLoopback(address)).toBe(false);
  },
);
