import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import type { Mission } from '@verbena/shared/missions/mission.js';
import { Format } from '@verbena/shared/words/format.js';
import { en } from '#members/staff-members.en.js';
import { es } from '#members/staff-members.es.js';
import { tellProgress } from './tell-progress.js';

const card = (more: Partial<MissionCard>): MissionCard => ({
  id: 'm',
  rev: 1,
  name: { es: 'M', en: 'M' },
  description: { es: 'M', en: 'M' },
  kind: 'count',
  progress: 7,
  target: 10,
  period: '2026-11',
  endsOn: null,
  done: false,
  completions: 0,
  reward: { points: [], badges: [] },
  ...more,
});
const streak = { goal: { kind: 'streak', unit: 'month', length: 10 } } as const;
const monthly: Mission = {
  ...streak,
  id: 'm',
  rev: 1,
  name: { es: 'M', en: 'M' },
  description: { es: 'M', en: 'M' },
  on: { activity: 'purchase' },
  reward: { points: [], badges: [] },
  zone: 'member',
};

test.each([
  [card({}), '7 de 10 veces', '7 of 10 times'],
  [card({ kind: 'sum', progress: 12_000, target: 20_000, unit: 'EUR' }), '120,00 € de 200,00 €', '€120.00 of €200.00'],
  [card({ kind: 'sum', progress: 1_500, target: 2_000, unit: 'kg' }), '1.500 kg de 2.000 kg', '1,500 kg of 2,000 kg'],
  [card({ kind: 'sum' }), '7 de 10', '7 of 10'],
  [card({ kind: 'distinct' }), '7 de 10 diferentes', '7 of 10 different ones'],
  [card({ kind: 'set' }), '7 de la lista de 10', '7 of the list of 10'],
  [card({ kind: 'sequence' }), '7 de 10 pasos', '7 of 10 steps'],
  [
    card({ kind: 'shared', progress: 999_900, target: 500_000, unit: 'EUR', shared: { members: 9, own: 1_000 } }),
    '5.000,00 € de 5.000,00 € entre todos (suyos, 10,00 €)',
    '€5,000.00 of €5,000.00 together (€10.00 of it theirs)',
  ],
  [card({ kind: 'streak' }), '7 de 10 meses seguidos', '7 of 10 months in a row'],
])('D1 progress is told in what the mission counts', (given, spanish, english) => {
  const tell = (words: typeof es, format: Format) =>
    tellProgress(given, monthly, words.progress, format).replaceAll(/\s/gu, ' ');
  expect(tell(es, new Format('es'))).toBe(spanish);
  expect(tell(en, new Format('en'))).toBe(english);
});
