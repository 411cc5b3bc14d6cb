import type { MemberAttribute } from '@verbena/shared/members/member-attribute.js';
import { checkDefinitions } from '@verbena/server/engine/compile-program.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aRule, aSmallProgram, aTier, points } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const name = { es: 'Nombre' };
const memberAttributes: MemberAttribute[] = [
  { id: 'level', name, schema: { type: 'integer', minimum: 0 } },
  { id: 'club', name, schema: { type: 'string', enum: ['norte', 'sur'] } },
];
const change = (run: EngineRun, attributes: Record<string, unknown>) =>
  run.submit({ type: 'member.changed', occurredAt: noon('2017-02-01'), attributes: { attributes } });
const visit = (run: EngineRun) => run.submit({ type: 'visit', occurredAt: noon('2017-02-02') });

test('A2 what the program knows of a member decides rules, and the receipt says what it knew', () => {
  const rules = [
    aRule({
      earn: points(5),
      when: {
        all: [
          { member: 'level', op: 'gte', value: 3 },
          { member: 'club', op: 'exists' },
        ],
      },
    }),
  ];
  const run = new EngineRun(aCompiledProgram({ definitions: aSmallProgram({ memberAttributes, rules }) }));
  expect(visit(run).receipt.missed.map((one) => one.slice(2))).toEqual([['member:level:gte', null, 3]]);
  change(run, { level: 2, club: 'sur' });
  expect(visit(run).receipt.missed.map((one) => one.slice(2))).toEqual([['member:level:gte', 2, 3]]);
  change(run, { level: 3 });
  expect(run.state.attributes).toEqual({ level: 3, club: 'sur' });
  visit(run);
  expect(run.balance).toBe(5);
  change(run, { club: null });
  expect(run.state.attributes).toEqual({ level: 3 });
  visit(run);
  expect(run.balance).toBe(5);
});

test('A2 G1 a tier may ask for it', () => {
  const also = { match: 'all' as const, of: [{ has: { member: 'club', op: 'eq' as const, value: 'norte' } }] };
  const tiers = [aTier('base', 0), aTier('norte', 0, { also })];
  const run = new EngineRun(aCompiledProgram({ definitions: aSmallProgram({ memberAttributes, tiers }) }));
  visit(run);
  expect(run.state.tier?.id).toBe('base');
  change(run, { club: 'norte' });
  visit(run);
  expect(run.state.tier?.id).toBe('norte');
});

test('A2 what is not declared, of another type, declared twice or personal is refused with its place', () => {
  const rules = [
    aRule({
      when: {
        any: [
          { member: 'otro', op: 'exists' },
          { member: 'level', op: 'eq', value: 'alto' },
        ],
      },
    }),
  ];
  const declared: MemberAttribute[] = [
    ...memberAttributes,
    { id: 'club', name, schema: { type: 'string' } },
    { id: 'phone', name, schema: { type: 'string', 'x-personal': true } },
  ];
  const problems = checkDefinitions(aSmallProgram({ memberAttributes: declared, rules }), definitionCompilers);
  expect(problems.map(({ path, code }) => [path.join('.'), code])).toEqual([
    ['rules.0.when.any.0.member', 'definition.unknown.memberAttribute'],
    ['rules.0.when.any.1.value', 'definition.valueType'],
    ['memberAttributes.2.id', 'definition.duplicateId'],
    ['memberAttributes.3.schema.x-personal', 'definition.fieldPersonal'],
  ]);
});
