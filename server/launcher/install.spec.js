import { requireNode, stampOf } from './install.js';

test('the stamp changes with the lockfile, the major of Node and the platform, and with nothing else', () => {
  const machine = { node: '20.20.1', platform: 'linux-x64' };
  const stamp = stampOf('{"a":1}', machine);
  expect(stampOf('{"a":1}', { ...machine, node: '20.21.0' })).toBe(stamp);
  expect(stampOf('{"a":2}', machine)).not.toBe(stamp);
  expect(stampOf('{"a":1}', { ...machine, node: '22.0.0' })).not.toBe(stamp);
  expect(stampOf('{"a":1}', { ...machine, platform: 'linux-arm64' })).not.toBe(stamp);
});

test('Node 20.20 is the floor', () => {
  expect(() => requireNode('20.20.0')).not.toThrow();
  expect(() => requireNode('24.1.0')).not.toThrow();
  expect(() => requireNode('20.19.9')).toThrow(/20\.19\.9/);
  expect(() => requireNode('18.20.0')).toThrow(/20\.20/);
});
