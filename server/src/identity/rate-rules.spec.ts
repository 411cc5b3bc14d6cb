import { addressSubject } from './rate-rules.js';

test('addresses of one IPv6 network are one subject, others are not', () => {
  expect(addressSubject('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(addressSubject('2001:DB8:1:2::9')).toBe('2001:db8:1:2::/64');
  expect(addressSubject('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(addressSubject('::1')).toBe('0:0:0:0::/64');
  expect(addressSubject('2001:db8:1:3::1')).not.toBe(addressSubject('2001:db8:1:2::1'));
});

test('an IPv4 address stays itself, also when it comes in IPv6 clothes', () => {
  expect(addressSubject('203.0.113.7')).toBe('203.0.113.7');
  expect(addressSubject('::ffff:203.0.113.7')).toBe('203.0.113.7');
});
