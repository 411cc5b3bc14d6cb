import type { Tier } from '@verbena/shared/tiers/tier.js';
import { Format } from '@verbena/shared/words/format.js';
import { es as screens } from '#lib/words/es.js';
import { Names } from '#programs/names.js';
import { describeAlso, describeLacking, describeTierEnd, fromOwn } from './describe-tier-end.js';
import { es } from './tiers.es.js';

const tier = (id: string, name: string, threshold: number): Tier => ({
  id,
  rev: 1,
  name: { es: name },
  currency: 'puntos',
  threshold,
  percent: 100,
  benefits: [],
  zone: 'program',
});
const ladder = [tier('socio', 'Socio', 0), tier('plata', 'Plata', 500), tier('oro', 'Oro', 1_500)];
const format = new Format('es');
const names = new Names(
  {
    activityTypes: [],
    currencies: [
      {
        id: 'puntos',
        rev: 1,
        name: { es: 'Puntos' },
        unit: { one: { es: 'punto' }, other: { es: 'puntos' } },
        expiry: { kind: 'never' },
        zone: 'program',
      },
    ],
    rules: [],
    missions: [],
    badges: [],
    tiers: ladder,
    boards: [],
    referrals: [],
  },
  { words: screens, format, choose: (text) => text.es ?? '' },
);
const tell = (held: { id: string; until: string | null } | null) => describeTierEnd(held, ladder, es, names, format);

describe('G6 until when a tier is held, and what then', () => {
  test('the day, what keeps it, and the one step down', () => {
    expect(tell({ id: 'oro', until: '2027-12-31' })).toEqual([
      'Es tuya hasta el 31 de diciembre de 2027.',
      'Si en 2027 ganas 1.500 puntos, sigues en Oro un año más. Si no, pasas a Plata: solo un escalón. Tus puntos no cambian.',
    ]);
  });

  test('G3 G6 where the period decides anew, the tier that comes, and not “0 more” where points are not what is missing', () => {
    const anew = ladder.map((one) => ({ ...one, downgrade: 'reassess' as const }));
    const told = (missing: number) => {
      const drop = { on: '2028-01-01', to: 'socio', missing };
      return describeTierEnd({ id: 'oro', until: '2027-12-31', drop }, anew, es, names, format)[1];
    };
    expect(told(500)).toBe('El 1 de enero pasas a Socio, salvo que antes ganes 500 puntos.');
    expect(told(0)).toBe('Tal como está ahora, el 1 de enero pasas a Socio.');
  });

  test('the lowest has no end, and who holds none is told nothing', () => {
    expect(tell({ id: 'socio', until: null })).toEqual(['No se pierde.']);
    expect(tell(null)).toEqual([]);
    expect(tell({ id: 'gone', until: '2027-12-31' })).toEqual([]);
  });

  test('G1 G8 with the points there, what else is missing, and never “0 more”', () => {
    const of = [{ memberDays: 30 }, { earned: 900 }];
    const asking = (match: 'all' | 'any'): Tier => ({ ...tier('oro', 'Oro', 1_500), also: { match, of } });
    const lacking = (one: Tier, lacks?: number[]) => describeLacking(one, lacks, es, names, format);
    expect(lacking(asking('all'), [0])).toBe('Los puntos ya los tienes; falta: llevar 30 días en el programa');
    expect(lacking(asking('any'), [0, 1])).toBe(
      'Los puntos ya los tienes; falta una de estas cosas: llevar 30 días en el programa o haber ganado 900 puntos en ese tiempo',
    );
    expect(lacking(asking('all'), [])).toBe('Ya tienes los puntos que pide');
    expect(lacking(tier('oro', 'Oro', 1_500))).toBe('Ya tienes los puntos que pide');
    expect(describeAlso(asking('all'), es, names, format)[0]).toBe('Además, llevar 30 días en el programa');
  });
});

test('#52 tiers begin with one’s own, then what is ahead, and end with what lies behind', () => {
  const tiers = ['socio', 'plata', 'oro', 'platino'];
  expect(fromOwn(tiers, 0)).toEqual(tiers);
  expect(fromOwn(tiers, 2)).toEqual(['oro', 'platino', 'plata', 'socio']);
  expect(fromOwn(tiers, 3)).toEqual(['platino', 'oro', 'plata', 'socio']);
  expect(fromOwn(tiers, -1)).toEqual(tiers);
});
