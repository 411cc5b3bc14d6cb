import type { Mission } from '@verbena/shared/missions/mission.js';
import { Format } from '@verbena/shared/words/format.js';
import { en as screensEn } from '#lib/words/en.js';
import { es as screensEs } from '#lib/words/es.js';
import { conditionNames } from '#programs/name-field.js';
import { Names } from '#programs/names.js';
import { ConditionTeller } from '@verbena/shared/rules/tell-condition.js';
import { describeRule } from './describe-rule.js';
import { en } from './mission-page.en.js';
import { es } from './mission-page.es.js';

const text = (spanish: string, english: string) => ({ es: spanish, en: english });
const definitions: Names['definitions'] = {
  activityTypes: [
    {
      id: 'purchase',
      rev: 1,
      name: text('Compra', 'Purchase'),
      attributes: {
        type: 'object',
        properties: {
          totalMinor: { type: 'integer', 'x-unit': 'EUR', 'x-label': text('Total', 'Total') },
          departments: {
            type: 'array',
            items: {
              type: 'object',
              properties: { name: { type: 'string', 'x-label': text('Sección', 'Department') } },
            },
          },
        },
      },
    },
  ],
  currencies: [],
  rules: [],
  missions: [],
  badges: [
    {
      id: 'exploradora',
      rev: 1,
      name: text('Exploradora', 'Explorer'),
      description: text('', ''),
      grant: { kind: 'reward' },
    },
  ],
  tiers: [
    {
      id: 'plata',
      rev: 1,
      name: text('Plata', 'Silver'),
      currency: 'puntos',
      threshold: 500,
      percent: 110,
      benefits: [],
      zone: 'program',
    },
  ],
  boards: [],
  referrals: [],
};
const spanish = new Format('es');
const english = new Format('en');
const namesEs = new Names(definitions, { words: screensEs, format: spanish, choose: (both) => both.es ?? '' });
const namesEn = new Names(definitions, { words: screensEn, format: english, choose: (both) => both.en ?? '' });
const zones = { program: 'Madrid', member: 'Lisboa' };

const mission = (goal: Mission['goal'], when?: Mission['when']): Mission => ({
  id: 'una',
  rev: 1,
  name: text('Una', 'One'),
  description: text('', ''),
  on: { activity: 'purchase' },
  ...(when === undefined ? {} : { when }),
  goal,
  reward: { points: [], badges: [] },
  zone: 'program',
});

describe('E1 the rule of a mission in words', () => {
  test('a count says how many, within what, by which calendar, and what comes too late', () => {
    const rule = describeRule(mission({ kind: 'count', target: 10, per: 'month' }), zones, es, namesEs, spanish);
    expect(rule.counts).toEqual([
      'Cada vez cuenta la actividad «Compra». Hacen falta 10 veces dentro del mismo mes.',
      'Vale la fecha en que ocurrió, en la hora de Madrid.',
    ]);
    expect(rule.countsNot).toEqual([
      'Lo que se devuelve o se anula deja de contar.',
      'Lo de otro mes cuenta para ese mes.',
      'Cuando la completas, nada más cuenta hasta el mes siguiente.',
    ]);
  });

  test('C8 of a mission with places it is said how many there are, and what happens without one', () => {
    const limited = {
      ...mission({ kind: 'count', target: 10, per: 'month' }),
      budget: { limit: 50, per: 'month' },
    } as const;
    expect(describeRule(limited, zones, es, namesEs, spanish).counts.slice(1, 3)).toEqual([
      'Hay 50 plazas al mes: son para quien la completa primero.',
      'Sin plazas, lo tuyo sigue contando: si queda alguna libre, la completas con lo siguiente que cuente.',
    ]);
    const once = { ...limited, budget: { limit: 1, per: 'ever' } } as const;
    expect(describeRule(once, zones, en, namesEn, english).counts[1]).toBe(
      'There is 1 place: for whoever completes it first.',
    );
  });

  test('distinct values are called as the activity calls them, and a repeated one is no help', () => {
    const goal = { kind: 'distinct', field: 'departments.name', target: 8, per: 'month' } as const;
    const rule = describeRule(mission(goal), zones, en, namesEn, english);
    expect(rule.counts[0]).toBe(
      'Each different “Department” that comes with “Purchase” counts. You need 8 within the same month.',
    );
    expect(rule.countsNot[0]).toBe('A “Department” that you already have adds nothing.');
  });

  test('a streak speaks of weeks, and a member’s own calendar is said', () => {
    const rule = describeRule(
      { ...mission({ kind: 'streak', weeks: 4 }), zone: 'member' },
      zones,
      es,
      namesEs,
      spanish,
    );
    expect(rule.counts).toEqual([
      'Cuenta la actividad «Compra», al menos una vez en cada una de 4 semanas seguidas, de lunes a domingo.',
      'Vale la fecha en que ocurrió, en la hora de Lisboa.',
    ]);
    expect(rule.countsNot).toContain('Varias veces en la misma semana cuentan como una.');
    expect(rule.countsNot).toContain('Las semanas que ya sirvieron para completarla no vuelven a contar.');
  });

  test('a condition stands in the rule, and what does not meet it among what does not count', () => {
    const when = { field: 'totalMinor', op: 'gte', value: 1_000 } as const;
    const rule = describeRule(mission({ kind: 'count', target: 1, per: 'ever' }, when), zones, es, namesEs, spanish);
    expect(rule.counts[0]).toBe('Cada vez cuenta la actividad «Compra». Hace falta 1 vez, sin fecha límite.');
    expect(rule.counts[1]?.replaceAll(/\s/gu, ' ')).toBe('Solo si «Total» es 10,00 € o más.');
    expect(rule.countsNot[0]).toBe('Lo que no cumple esa condición.');
  });

  test('every kind of condition can be said, and branches do not run into each other', () => {
    const tell = (condition: NonNullable<Mission['when']>) =>
      new ConditionTeller(es.condition, conditionNames(namesEs), spanish)
        .tell(condition, 'purchase')
        .replaceAll(/\s/gu, ' ');
    expect(
      tell({
        all: [
          { any: [{ tier: { atLeast: 'plata' } }, { badge: 'exploradora' }] },
          { not: { field: 'departments.name', op: 'in', value: ['Moda', 'Hogar'] } },
        ],
      }),
    ).toBe(
      '(tu categoría es Plata o más o tienes la insignia «Exploradora») y (no se cumple esto: «Sección» es uno de estos: Moda y Hogar)',
    );
    expect(tell({ count: { activity: 'purchase', window: { days: 30 } }, op: 'gte', value: 3 })).toBe(
      '«Compra» se anota 3 veces o más en los últimos 30 días',
    );
    expect(
      tell({ sum: { activity: 'purchase', field: 'totalMinor', window: { period: 'month' } }, op: 'gt', value: 5_000 }),
    ).toBe('«Total» suma más de 50,00 € en «Compra» en el mes');
    expect(tell({ tier: { is: 'plata' } })).toBe('tu categoría es Plata');
    expect(tell({ field: 'totalMinor', op: 'missing' })).toBe('«Total» no se indica');
  });

  test('E1 E3 E5 sums, sets, sequences, windows and stretches of days are said whole, in both languages', () => {
    const text = (value: string) => ({ es: value, en: value });
    const plain = (list: readonly string[]) => list.map((sentence) => sentence.replaceAll(/\s/gu, ' '));
    const sum = mission({ kind: 'sum', field: 'totalMinor', target: 20_000, per: { days: 14, from: '2026-06-01' } });
    expect(plain(describeRule({ ...sum, timesMax: 3 }, zones, es, namesEs, spanish).counts).slice(0, 2)).toEqual([
      'Se suma «Total» de la actividad «Compra», hasta llegar a 200,00 € dentro de los mismos 14 días, contados desde el 1 de junio de 2026.',
      'Se puede completar hasta 3 veces.',
    ]);
    const values = [
      { value: 'moda', name: text('Moda') },
      { value: 'hogar', name: text('Hogar') },
    ];
    const set = mission({ kind: 'set', field: 'departments.name', values, per: 'ever' });
    const window = { from: '2026-06-01', weekdays: [1, 6], hours: { from: '09:00', until: '14:00' } };
    expect(plain(describeRule({ ...set, window }, zones, es, namesEs, spanish).counts).slice(0, 4)).toEqual([
      'Cuenta «Sección» de la actividad «Compra». Hacen falta todos: Moda y Hogar, sin fecha límite.',
      'Cuenta desde el 1 de junio de 2026.',
      'Solo cuenta en lunes y sábado.',
      'Solo cuenta de 09:00 a 14:00.',
    ]);
    const steps = [
      { name: text('Probar') },
      { name: text('Repetir'), when: { field: 'totalMinor', op: 'gte' as const, value: 100 } },
    ];
    const sequence = mission({ kind: 'sequence', steps, per: 'month' });
    expect(plain(describeRule(sequence, zones, es, namesEs, spanish).counts).slice(1, 3)).toEqual([
      'Paso 1, Probar: la actividad «Compra».',
      'Paso 2, Repetir: la actividad «Compra», si «Total» es 1,00 € o más.',
    ]);
  });
});
