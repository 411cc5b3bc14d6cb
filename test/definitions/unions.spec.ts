import { FactorSeen } from '@verbena/shared/ledger/receipt.js';
import * as z from 'zod/mini';
import { contractExports } from '#support/route-table.js';

type Def = Readonly<Record<string, unknown>> & { readonly type: string };

const defOf = (schema: unknown): Def => (schema as z.ZodMiniType)._zod.def as unknown as Def;
const isSchema = (value: unknown): boolean => typeof value === 'object' && value !== null && '_zod' in value;
const isOptional = (schema: unknown): boolean => defOf(schema).type === 'optional';

/** The values that a schema takes where they are few; its kind where they are not. */
function kindOf(schema: unknown): ReadonlySet<unknown> | string {
  const def = defOf(schema);
  if (def.type === 'literal') return new Set(def['values'] as unknown[]);
  if (def.type === 'enum') return new Set(Object.values(def['entries'] as object));
  return ['optional', 'nullable'].includes(def.type) ? kindOf(def['innerType']) : def.type;
}

function mayMeet(one: unknown, other: unknown): boolean {
  const [a, b] = [kindOf(one), kindOf(other)];
  if (typeof a === 'string' || typeof b === 'string') return typeof a !== typeof b || a === b;
  return [...a].some((value) => b.has(value));
}

/** Whether `first` takes what is meant for `second`, and drops a field that only `second` knows. */
function swallows(first: unknown, second: unknown): boolean {
  const [one, other] = [defOf(first), defOf(second)];
  if (one.type !== 'object' || other.type !== 'object' || one['catchall'] !== undefined) return false;
  const [shape, meant] = [one['shape'], other['shape']] as Record<string, unknown>[];
  if (shape === undefined || meant === undefined) return false;
  const takes = Object.entries(shape).every(([name, part]) =>
    name in meant ? mayMeet(part, meant[name]) : isOptional(part),
  );
  return takes && Object.keys(meant).some((name) => !(name in shape));
}

function swallowing(options: readonly unknown[]): string[] {
  const flat = options.flatMap((option) =>
    defOf(option).type === 'union' ? (defOf(option)['options'] as unknown[]) : [option],
  );
  return flat.flatMap((first, place) =>
    flat
      .slice(place + 1)
      .flatMap((second) => (swallows(first, second) ? [namesOf(first) + ' takes ' + namesOf(second)] : [])),
  );
}

const namesOf = (schema: unknown): string => Object.keys(defOf(schema)['shape'] as object).join('+');

test('#6 no member of a union of the contract takes what a later one means, and drops a field of it', async () => {
  const found: string[] = [];
  const seen = new Set<unknown>();
  let unions = 0;
  const walk = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (isSchema(value)) {
      const def = defOf(value);
      if (def.type === 'union') {
        unions += 1;
        found.push(...swallowing(def['options'] as unknown[]).map((pair) => `${name}: ${pair}`));
      }
      if (def.type === 'lazy') walk((def['getter'] as () => unknown)(), name);
      for (const part of Object.values(def)) walk(part, name);
    } else for (const [key, part] of Object.entries(value)) walk(part, `${name}.${key}`);
  };
  for (const [name, value] of await contractExports()) walk(value, name);
  expect(found).toEqual([]);
  expect(unions).toBeGreaterThan(20);
  // What it is there to see.
  const bad = [z.object({ ratio: z.number() }), z.object({ boost: z.string(), ratio: z.number() })];
  expect(swallowing(bad)).toEqual(['ratio takes boost+ratio']);
});

test('#6 a factor of a boost keeps the boost’s name on its way to a reader', () => {
  for (const factor of [{ boost: 'miercoles', ratio: [2, 1] }, { ratio: [1, 100] }, { tier: 'oro', percent: 150 }])
    expect(z.parse(FactorSeen, factor)).toEqual(factor);
});
