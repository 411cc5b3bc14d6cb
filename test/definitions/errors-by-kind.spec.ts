import { problemsOf } from '@verbena/server/platform/errors/problems-of-issues.js';
import { MemberName } from '@verbena/shared/activities/activities.routes.js';
import { BadgeGrant } from '@verbena/shared/badges/badge.js';
import { explainField } from '@verbena/shared/errors/explain-problem.js';
import { Condition, Scalar } from '@verbena/shared/rules/condition.js';
import { Ratio } from '@verbena/shared/rules/amount.js';
import * as z from 'zod/mini';
import { inputWith } from '#support/calendar-places.js';
import { allRoutes, nameOf } from '#support/route-table.js';

type Step = string | number;
type Def = Readonly<Record<string, unknown>> & { readonly type: string };
interface Place {
  readonly path: readonly Step[];
  readonly isOptional: boolean;
  readonly kinds: ReadonlySet<string>;
}

const VALUES: Readonly<Record<string, unknown>> = {
  string: 'x',
  number: 7,
  boolean: true,
  array: [],
  object: {},
  null: null,
};
const KINDS: Readonly<Record<string, readonly string[]>> = {
  string: ['string'],
  template_literal: ['string'],
  number: ['number'],
  int: ['number'],
  boolean: ['boolean'],
  array: ['array'],
  tuple: ['array'],
  object: ['object'],
  record: ['object'],
  unknown: Object.keys(VALUES),
  enum: [],
  literal: [],
};

const defOf = (schema: unknown): Def => (schema as z.ZodMiniType)._zod.def as unknown as Def;

function kindsOf(schema: unknown): string[] {
  const def = defOf(schema);
  if (def.type === 'nullable') return ['null', ...kindsOf(def['innerType'])];
  if (def.type === 'optional' || def.type === 'default') return kindsOf(def['innerType']);
  if (def.type === 'lazy') return kindsOf((def['getter'] as () => unknown)());
  if (def.type === 'union') return (def['options'] as unknown[]).flatMap(kindsOf);
  if (def.type === 'literal' && (def['values'] as unknown[]).includes(true)) return ['boolean'];
  const kinds = KINDS[def.type];
  if (kinds === undefined) throw new Error(`Nobody says what kind a ${def.type} is.`);
  return [...kinds];
}

/** Every field of a body; what lies within a union is another test's. */
function placesOf(schema: unknown, path: readonly Step[] = []): Place[] {
  const def = defOf(schema);
  if (def.type === 'optional' || def.type === 'nullable') return placesOf(def['innerType'], path);
  if (def.type === 'array') return placesOf(def['element'], [...path, 0]);
  if (def.type !== 'object') return [];
  return Object.entries(def['shape'] as object).flatMap(([name, part]) => {
    const place = {
      path: [...path, name],
      isOptional: ['optional', 'default'].includes(defOf(part).type),
      kinds: new Set(kindsOf(part)),
    };
    return [place, ...placesOf(part, place.path)];
  });
}

function refusalsOf(schema: z.ZodMiniType, input: unknown) {
  return problemsOf(z.safeParse(schema, input, { reportInput: true }).error?.issues ?? []);
}

test('#20 of every body, a field of another kind is told as such, and one that is not there as missing', async () => {
  const wrong: string[] = [];
  let asked = 0;
  for (const route of await allRoutes()) {
    if (route.body === undefined) continue;
    for (const { path, isOptional, kinds } of placesOf(route.body)) {
      const name = `${nameOf(route)} ${path.join('.')}`;
      const codeAt = (input: unknown) =>
        refusalsOf(route.body as z.ZodMiniType, input).find((one) => one.path.join('.') === path.join('.'))?.code;
      for (const [kind, value] of Object.entries(VALUES)) {
        if (kinds.has(kind)) continue;
        const code = codeAt(inputWith(path, value));
        asked += 1;
        if (!/^(?:type\.|choice$)/.test(code ?? '')) wrong.push(`${name}: a value that is ${kind} reads as ${code}`);
      }
      const absent = codeAt(inputWith(path.slice(0, -1), {}));
      if (absent !== (isOptional ? undefined : 'required')) wrong.push(`${name}: not there, it reads as ${absent}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(1_000);
});

const ID = '01KB7Q2M5X8N3V9T4C6R0W1E2H';
test.each<[string, z.ZodMiniType, unknown, string, string]>([
  ['nothing of what tells them apart', MemberName, {}, '', 'oneOfFields'],
  ['both', MemberName, { externalId: '12', id: ID }, '', 'onlyOneField'],
  ['a field that nobody knows', MemberName, { card: '12' }, 'card', 'unknown'],
  ['the one that was meant, of another kind', MemberName, { id: 12 }, 'id', 'type.string'],
  ['the one that was meant, of another form', MemberName, { id: '12' }, 'id', 'format'],
  ['a text where an object is', MemberName, '1808', '', 'type.object'],
  ['none of several kinds', Scalar, [], '', 'type.any'],
  ['a list of the wrong kind', Ratio, ['2', '1'], '0', 'type.number'],
  ['a kind that there is not', BadgeGrant, { kind: 'gift' }, 'kind', 'choice'],
  ['no kind', BadgeGrant, {}, 'kind', 'required'],
  ['a test without its value', Condition, { field: 'total', op: 'eq' }, 'value', 'required'],
  ['a test of another kind of value', Condition, { field: 'total', op: 'gt', value: 'x' }, 'value', 'type.number'],
  ['an operation that there is not', Condition, { field: 'total', op: 'like', value: 1 }, 'op', 'choice'],
])('#20 of a union, %s is told', (_, schema, input, path, code) => {
  expect(refusalsOf(z.object({ it: schema }), { it: input })).toContainEqual(
    expect.objectContaining({
      path: ['it', ...path.split('.').filter(Boolean)].map((step) => (step === '0' ? 0 : step)),
      code,
    }),
  );
});

test('#20 the sentences say what is expected, with an example, and what came instead', () => {
  const say = (schema: z.ZodMiniType, input: unknown, language: 'es' | 'en') =>
    refusalsOf(z.object({ it: schema }), { it: input }).map(({ code, params = {} }) =>
      explainField(code, params, language),
    );
  expect(say(MemberName, undefined, 'es')).toEqual([
    `Falta este campo. Por ejemplo: { "externalId": "1808" }, { "code": "839184644" }, { "email": "ana@example.com" } o { "id": "${ID}" }`,
  ]);
  expect(say(MemberName, '1808', 'es')).toEqual([
    `Tiene que ser un objeto con campos, y es un texto. Por ejemplo: { "externalId": "1808" }, { "code": "839184644" }, { "email": "ana@example.com" } o { "id": "${ID}" }`,
  ]);
  expect(say(MemberName, { externalId: '1', id: ID }, 'en')).toEqual([
    'Of these fields, give only one: id, externalId.',
  ]);
  expect(say(Scalar, {}, 'es')).toEqual([
    'Tiene que ser un texto o un número o sí o no (true o false), y es un objeto con campos.',
  ]);
  expect(say(Ratio, null, 'en')).toEqual(['It has to be a list, and is null.']);
});
