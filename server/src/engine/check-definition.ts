import type { AttributeSchema, ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { isDay, NO_SUCH_DAY } from '@verbena/shared/platform/given-time.js';
import { foldedText } from '@verbena/shared/platform/folded-text.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { DefinitionKind, Definitions } from '@verbena/shared/programs/definitions.js';
import type { DefinitionProblemCode } from '@verbena/shared/programs/programs.es.js';
import {
  CONDITION_DEPTH_MAX,
  type Condition,
  type FieldTest,
  type MemberTest,
} from '@verbena/shared/rules/condition.js';
import type { Trigger } from '@verbena/shared/rules/trigger.js';
import { findAttribute } from './field-values.js';
import { own } from './own.js';

export type Path = readonly (string | number)[];

/** One problem, as a list, so that checks add up with `flatMap` and spread. */
export function problem(path: Path, code: DefinitionProblemCode, params?: Problem['params']): Problem[] {
  return [params === undefined ? { path: [...path], code } : { path: [...path], code, params }];
}

/** A day that a definition names, where it names one: it is on the calendar. */
export function checkDay(date: LocalDate | undefined, path: Path): Problem[] {
  return date === undefined || isDay(date) ? [] : problem(path, 'definition.noSuchDay', NO_SUCH_DAY.params);
}

/** A reference to a definition of the same set. */
export function checkReference(definitions: Definitions, kind: DefinitionKind, id: string, path: Path): Problem[] {
  const list: readonly { readonly id: string }[] = definitions[kind];
  return list.some((definition) => definition.id === id) ? [] : problem(path, `definition.unknown.${kind}`, { id });
}

export function checkTrigger(definitions: Definitions, trigger: Trigger, path: Path): Problem[] {
  if ('activity' in trigger)
    return checkReference(definitions, 'activityTypes', trigger.activity, [...path, 'activity']);
  if ('mission' in trigger) return checkReference(definitions, 'missions', trigger.mission, [...path, 'mission']);
  if ('badge' in trigger) return checkReference(definitions, 'badges', trigger.badge, [...path, 'badge']);
  return checkReference(definitions, 'tiers', trigger.tier, [...path, 'tier']);
}

/** A condition of a definition that these attributes set off (null: something that has none). */
export function checkCondition(
  definitions: Definitions,
  attributes: ObjectAttribute | null,
  condition: Condition,
  path: Path,
  depth = 1,
): Problem[] {
  if (depth > CONDITION_DEPTH_MAX) return problem(path, 'condition.tooDeep', { maximum: CONDITION_DEPTH_MAX });
  const inside = (branch: Condition, place: Path) => checkCondition(definitions, attributes, branch, place, depth + 1);
  if ('not' in condition) return inside(condition.not, [...path, 'not']);
  if ('all' in condition) return condition.all.flatMap((branch, index) => inside(branch, [...path, 'all', index]));
  if ('any' in condition) return condition.any.flatMap((branch, index) => inside(branch, [...path, 'any', index]));
  if ('field' in condition) return checkFieldTest(attributes, condition, path);
  if ('count' in condition) return checkCounted(definitions, condition.count, [...path, 'count']);
  if ('sum' in condition) {
    const found = definitions.activityTypes.find(({ id }) => id === condition.sum.activity)?.attributes ?? null;
    return [
      ...checkCounted(definitions, condition.sum, [...path, 'sum']),
      ...(found ? checkAmountField(found, condition.sum.field, [...path, 'sum', 'field']) : []),
    ];
  }
  if ('tier' in condition) {
    const id = 'is' in condition.tier ? condition.tier.is : condition.tier.atLeast;
    return checkReference(definitions, 'tiers', id, [...path, 'tier']);
  }
  if ('member' in condition) return checkMemberTest(definitions, condition, path);
  return checkReference(definitions, 'badges', condition.badge, [...path, 'badge']);
}

/** A filter of a count or a sum, on the attributes of the type that it counts. */
export function checkCounted(
  definitions: Definitions,
  counted: { readonly activity: string; readonly where?: FieldTest | undefined },
  path: Path,
): Problem[] {
  const type = definitions.activityTypes.find(({ id }) => id === counted.activity);
  if (type === undefined)
    return problem([...path, 'activity'], 'definition.unknown.activityTypes', { id: counted.activity });
  return counted.where ? checkFieldTest(type.attributes, counted.where, [...path, 'where']) : [];
}

/** A field whose value becomes points or a sum: an integer that is nobody's personal data. */
export function checkAmountField(attributes: ObjectAttribute | null, field: string, path: Path): Problem[] {
  return checkField(attributes, field, path, ({ schema, personal }) => {
    if (schema.type !== 'integer') return problem(path, 'definition.fieldNotInteger', { field });
    return personal ? problem(path, 'definition.fieldPersonal', { field }) : [];
  });
}

/** A field whose values a mission collects: simple values that are nobody's personal data. */
export function checkCollectedField(attributes: ObjectAttribute | null, field: string, path: Path): Problem[] {
  return checkField(attributes, field, path, ({ schema, personal }) => {
    if (schema.type === 'object') return problem(path, 'definition.fieldNotSimple', { field });
    return personal ? problem(path, 'definition.fieldPersonal', { field }) : [];
  });
}

/** A field by whose values something is counted apart: one plain value at the top, that is nobody's personal data. */
export function checkApartField(attributes: ObjectAttribute | null, field: string, path: Path): Problem[] {
  return checkField(attributes, field, path, ({ personal }) => {
    const type = own(attributes?.properties ?? {}, field)?.type;
    if (type === undefined || scalarTypes[type] === null) return problem(path, 'definition.fieldNotPlain', { field });
    return personal ? problem(path, 'definition.fieldPersonal', { field }) : [];
  });
}

/** A test of what the program declares of its members. */
export function checkMemberTest({ memberAttributes = [] }: Definitions, test: MemberTest, path: Path): Problem[] {
  const found = memberAttributes.find(({ id }) => id === test.member);
  if (found === undefined)
    return problem([...path, 'member'], 'definition.unknown.memberAttribute', { id: test.member });
  if (!('value' in test)) return [];
  const values = Array.isArray(test.value) ? test.value : [test.value];
  const fits = values.every((value) => typeof value === scalarTypes[found.schema.type]);
  return fits ? [] : problem([...path, 'value'], 'definition.valueType', { field: test.member });
}

/** What a program declares of its members: each once, and nothing personal. */
export function checkMemberAttributes({ memberAttributes = [] }: Definitions): Problem[] {
  return memberAttributes.flatMap(({ id, schema }, index) => [
    ...(memberAttributes.findIndex((other) => other.id === id) < index
      ? problem(['memberAttributes', index, 'id'], 'definition.duplicateId', { id })
      : []),
    ...checkChoices(schema, ['memberAttributes', index, 'schema']),
    ...(schema['x-personal'] === true
      ? problem(['memberAttributes', index, 'schema', 'x-personal'], 'definition.fieldPersonal', { field: id })
      : []),
  ]);
}

/** Choices that compare folded stay apart when they are. */
export function checkChoices(schema: AttributeSchema, path: Path): Problem[] {
  if (schema.type !== 'string' || schema['x-compare'] !== 'folded') return [];
  const choices = (schema.enum ?? []).map(foldedText);
  return choices.flatMap((choice, index) =>
    choices.indexOf(choice) < index
      ? problem([...path, 'enum', index], 'attribute.sameChoice', { value: schema.enum?.[index] ?? choice })
      : [],
  );
}

function checkFieldTest(attributes: ObjectAttribute | null, test: FieldTest, path: Path): Problem[] {
  return checkField(attributes, test.field, [...path, 'field'], ({ schema }) => {
    if (!('value' in test)) return [];
    const values = Array.isArray(test.value) ? test.value : [test.value];
    const fits = values.every((value) => typeof value === scalarTypes[schema.type]);
    return fits ? [] : problem([...path, 'value'], 'definition.valueType', { field: test.field });
  });
}

const scalarTypes: { [T in AttributeSchema['type']]: 'string' | 'number' | 'boolean' | null } = {
  string: 'string',
  integer: 'number',
  boolean: 'boolean',
  array: null,
  object: null,
};

function checkField(
  attributes: ObjectAttribute | null,
  field: string,
  path: Path,
  check: (found: { schema: AttributeSchema; personal: boolean }) => Problem[],
): Problem[] {
  if (attributes === null) return problem(path, 'definition.fieldNeedsActivity', { field });
  const found = findAttribute(attributes, field);
  return found === undefined ? problem(path, 'definition.unknown.field', { field }) : check(found);
}
