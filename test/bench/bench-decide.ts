import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aMission, aRule, aSmallProgram, aTier } from '#support/small-program.js';
import { median } from './measure.js';

const ACTIVITIES = 4_000;
const MEMBERS = 40;

/** What `decide` costs an activity, in microseconds, with the plain demo program and with 200 rules of which it asks every one. */
export function benchDecide(rounds: number): void {
  console.log(`\n${'decide, one core, no store'.padEnd(44)}${'µs an activity'.padStart(16)}`);
  for (const [name, definitions, type] of [
    ['plaza', undefined, 'purchase'],
    ['200 rules, 20 missions, 3 tiers', twoHundredRules(), 'visit'],
    ['the same, of a text that folds', folding(twoHundredRules()), 'visit'],
  ] as const) {
    const run = (): number => measure(type, definitions);
    run();
    const runs = Array.from({ length: rounds }, run);
    console.log(`${name.padEnd(44)}${median(runs).toFixed(1).padStart(16)}`);
  }
}

function measure(type: string, definitions: Definitions | undefined): number {
  const program = aCompiledProgram({ ...(definitions === undefined ? {} : { definitions }), time: 'activities' });
  const members = Array.from({ length: MEMBERS }, () => new EngineRun(program));
  const started = performance.now();
  for (let unit = 0; unit < ACTIVITIES; unit += 1) {
    const occurredAt = new Date(Date.UTC(2026, 0, 1) + unit * 3_600_000).toISOString();
    const attributes =
      type === 'purchase' ? { totalMinor: 1_000 + unit } : { n: unit % 500, shop: `tienda-${unit % 40}` };
    members[unit % MEMBERS]?.submit({ type, occurredAt, attributes });
  }
  return ((performance.now() - started) * 1_000) / ACTIVITIES;
}

/** The same program, with its texts compared by what they say. */
function folding(definitions: Definitions): Definitions {
  return JSON.parse(JSON.stringify(definitions).replaceAll('"type":"string"', '$&,"x-compare":"folded"'));
}

/** Every rule looks at the activity; one in five fires. */
function twoHundredRules(): Definitions {
  return aSmallProgram({
    rules: Array.from({ length: 200 }, (_, index) =>
      aRule({
        id: `regla-${index}`,
        when: {
          all: [
            { field: 'n', op: 'gte', value: index },
            { any: [{ field: 'shop', op: 'eq', value: `tienda-${index % 40}` }, { tier: { atLeast: 'oro' } }] },
          ],
        },
        earn: [
          {
            currency: 'puntos',
            amount: { product: [{ field: 'n' }, { ratio: [1, 100] }, { tier: 'percent' }] },
            cap: { per: 'month', times: 100 },
          },
        ],
      }),
    ),
    missions: Array.from({ length: 20 }, (_, index) =>
      aMission({ id: `mision-${index}`, goal: { kind: 'count', target: 50 + index, per: 'month' } }),
    ),
    tiers: [aTier('base', 0), aTier('plata', 1_000), aTier('oro', 5_000_000)],
  });
}
