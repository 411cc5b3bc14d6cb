import { Format } from '#words/format.js';
import type { Audience } from './audience.js';
import { en } from './audience.en.js';
import { es } from './audience.es.js';
import { tellAudience } from './tell-audience.js';

const same = (id: string) => id;
const names = {
  ...{ activityType: same, tier: () => 'Plata', badge: () => 'Primera compra', memberAttribute: () => 'Ciudad' },
  ...{ field: same, fieldUnit: () => undefined, isReferral: () => false, segment: () => 'Prensa' },
};

test.each<[Audience | null, string, string]>([
  [null, 'todo el mundo', 'everybody'],
  [
    { all: [{ tier: { atLeast: 'plata' } }, { not: { badge: 'primera' } }] },
    'su categoría es Plata o más y no tiene la insignia «Primera compra»',
    'their tier is Plata or higher and they do not hold the badge “Primera compra”',
  ],
  [
    { any: [{ not: { role: { atLeast: 'manager' } } }, { not: { tier: { atLeast: 'plata' } } }] },
    '(no se cumple esto: es del equipo) o su categoría es más baja que Plata',
    '(this is not so: they are on the staff) or their tier is lower than Plata',
  ],
  [
    { any: [{ segment: 'prensa' }, { all: [{ role: { atLeast: 'manager' } }, { member: 'city', op: 'exists' }] }] },
    'está en el segmento «Prensa» o (es del equipo y su «Ciudad» se indica)',
    'they are in the segment “Prensa” or (they are on the staff and their “Ciudad” is given)',
  ],
])('#2 it is said whom something is for: %j', (audience, spanish, english) => {
  expect(tellAudience(audience, es, names, new Format('es'))).toBe(spanish);
  expect(tellAudience(audience, en, names, new Format('en'))).toBe(english);
});
