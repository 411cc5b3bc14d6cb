import { tellZone } from './tell-zone.js';

test('#36 a time zone is told in the words of the reader, and what is none as it stands', () => {
  expect(tellZone('Europe/Madrid', 'es')).toBe('hora de Europa central · Madrid');
  expect(tellZone('Europe/Madrid', 'en')).toBe('Central European Time · Madrid');
  expect(tellZone('America/Mexico_City', 'es')).toMatch(/^hora .*· Mexico City$/);
  expect(tellZone('Plaza/Mayor', 'es')).toBe('Plaza/Mayor');
});
