import { findZones, listZones } from './zones.js';

const REGIONS = { Europe: 'Europa', America: 'América', Atlantic: 'Atlántico' };

test('A7 a zone is found by place or region, whatever the accents; the chosen one is always there', () => {
  const zones = listZones('Etc/GMT+12', REGIONS, 'es');
  expect(zones.find(({ id }) => id === 'Europe/Madrid')?.name).toBe('Madrid · Europa');
  expect(zones.map(({ id }) => id)).toContain('Etc/GMT+12');
  expect(new Set(zones.map(({ id }) => id)).size).toBe(zones.length);
  expect(findZones(zones, 'MADRÍD').map(({ id }) => id)).toEqual(['Europe/Madrid']);
  expect(findZones(zones, 'canary atlantico').map(({ id }) => id)).toEqual(['Atlantic/Canary']);
  expect(findZones(zones, 'mexico city').map(({ id }) => id)).toEqual(['America/Mexico_City']);
  expect(findZones(zones, '  ')).toHaveLength(zones.length);
  expect(findZones(zones, 'no hay')).toEqual([]);
});
