import { SYSTEM_ACTIVITY_TYPES } from '@verbena/shared/activities/activity-type.js';
import { keySpaceOf } from '@verbena/server/ledger/key-space.js';
import type { Source } from '@verbena/server/ledger/journal-entry.js';
import { entryIdOf } from '@verbena/server/platform/crypto/hash.js';
import { CHOSEN, CHOSEN_SOURCES, HOUSE_SOURCES, takesKey } from '#support/chosen-keys.js';
import { allRoutes, nameOf } from '#support/route-table.js';

const idOf = (source: Source, type: string): string => entryIdOf('plaza', keySpaceOf({ source, type }), 'la-misma');

const house = SYSTEM_ACTIVITY_TYPES.flatMap((type) => HOUSE_SOURCES[type].map((source) => ({ source, type })));
const chosen = Object.entries(CHOSEN).flatMap(([route, { type }]) =>
  type === null ? [] : CHOSEN_SOURCES.map((source) => ({ route, source, type })),
);

test('H1 every route that takes a key or a ref is in the table, and no other', async () => {
  expect((await allRoutes()).filter(takesKey).map(nameOf).sort()).toEqual(Object.keys(CHOSEN).sort());
});

test('H1 whatever route, whoever asks, whatever the house does: one key never gives one entry', () => {
  const taken = new Map(house.map(({ source, type }) => [idOf(source, type), `${source} ${type}`]));
  const met = chosen.flatMap(({ route, source, type }) => {
    const other = taken.get(idOf(source, type));
    return other === undefined ? [] : [`${route} of ${source}: ${other}`];
  });
  expect(met).toEqual([]);
  // The other way round they would meet: the house's own entries share a space, and their keys say what they are for.
  expect(house.length).toBeGreaterThan(15);
  expect(chosen.length).toBeGreaterThan(60);
});

test('H1 what one of them chose meets what another chose only where both are the same kind of request of one source', () => {
  for (const one of chosen)
    for (const other of chosen) {
      const isOne = keySpaceOf(one) === keySpaceOf(other);
      expect(idOf(one.source, one.type) === idOf(other.source, other.type)).toBe(isOne);
      if (isOne) expect([other.source, kindOf(other.type)]).toEqual([one.source, kindOf(one.type)]);
    }
});

/** Activities and their returns share a space, in which an order has one key for each; each kind of request about points has its own. */
function kindOf(type: string): string {
  return Object.hasOwn(HOUSE_SOURCES, type) ? type : 'activity';
}
