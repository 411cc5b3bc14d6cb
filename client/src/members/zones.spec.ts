import { findZones, listZones, placeOfZone } from './zones.js';

const REGIONS = { Europe: 'Europa', America: 'América', Atlantic: 'Atlántico' };

test('A7 a zone is found by place or region, whatever the accents; the chosen one is always there', () => {
  const zones = listZones('Etc/GMT+12', REGIONS, 'es');
  expect(zones.find(({ id }) => id === 'Europe/Madrid')?.name).toBe('España · Europa');
  expect(zones.map(({ id }) => id)).toContain('Etc/GMT+12');
  expect(new Set(zones.map(({ id }) => id)).size).toBe(zones.length);
  expect(findZones(zones, 'MADRÍD').map(({ id }) => id)).toEqual(['Europe/Madrid']);
  expect(findZones(zones, 'canarias').map(({ id }) => id)).toEqual(['Atlantic/Canary']);
  expect(findZones(zones, 'canary atlantico').map(({ id }) => id)).toEqual(['Atlantic/Canary']);
  expect(findZones(zones, 'mexico city').map(({ id }) => id)).toEqual(['America/Mexico_City']);
  expect(findZones(zones, '  ')).toHaveLength(zones.length);
  expect(findZones(zones, 'no hay')).toEqual([]);
});

test('#41 zones are called as people of the language call their place, each by a name of its own, none by an old one', () => {
  const named = (language: string) =>
    new Map(listZones('Europe/Madrid', REGIONS, language).map(({ id, name }) => [id, name]));
  const [es, en] = [named('es'), named('en')];
  expect(
    ['Europe/London', 'Asia/Calcutta', 'Europe/Kiev', 'Asia/Rangoon', 'America/Godthab'].map((id) => es.get(id)),
  ).toEqual([
    'Reino Unido · Europa',
    'India · Asia',
    'Ucrania · Europa',
    'Myanmar (Birmania) · Asia',
    'Nuuk · América',
  ]);
  expect([en.get('Europe/Kiev'), en.get('Africa/Abidjan'), en.get('America/New_York')]).toEqual([
    'Ukraine · Europa',
    'Abidjan · Africa',
    'New York · América',
  ]);
  for (const names of [es, en]) {
    expect(new Set(names.values()).size).toBe(names.size);
    for (const name of names.values()) expect(name).not.toMatch(/^(?:hora|GMT)| Time ·/);
  }
});

test('#36 a zone alone is told by its place in the words of the reader, and what is none by what it says', () => {
  expect(placeOfZone('Europe/Madrid', 'es')).toBe('España');
  expect(placeOfZone('Europe/Madrid', 'en')).toBe('Spain');
  expect(placeOfZone('Plaza/Mayor', 'es')).toBe('Mayor');
  expect(placeOfZone('UTC', 'es')).toBe('UTC');
});
