import { compareExported } from './compare-exported.js';

test('external ids that are numbers come by value, then the others by their characters, then members without one', () => {
  const ids = ['b', '10', null, '9', '007', 'a', '12345678901234567890', '0', 'B'];
  const members = ids.map((externalId, index) => ({ externalId, member: `m${index}` }));
  const order = members.toSorted(compareExported).map(({ externalId }) => externalId);
  expect(order).toEqual(['0', '9', '10', '12345678901234567890', '007', 'B', 'a', 'b', null]);
});
