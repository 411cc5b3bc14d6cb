import { type ActivityType, isSystemType, reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import {
  ATTRIBUTE_DEPTH_MAX,
  type AttributeSchema,
  type ObjectAttribute,
} from '@verbena/shared/activities/attribute-schema.js';
import { HOUSE_ACTIVITIES } from '@verbena/shared/manifests.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { checkChoices, problem, type Path } from '#engine/check-definition.js';
import { own } from '#engine/own.js';
import { compileAttributes } from '#engine/compile-attributes.js';
import type { DefinitionCompiler } from '#engine/compiled-program.js';

/** Activity types as definitions: their attributes compile to the check that intake runs on each activity. */
export const activityTypesSource: DefinitionCompiler<'activityTypes'> = {
  kind: 'activityTypes',
  check: ({ activityTypes }) => activityTypes.flatMap((type, index) => checkType(type, ['activityTypes', index])),
  compile: ({ current }) =>
    new Map(
      current.activityTypes.map((definition) => [
        definition.id,
        { definition, validate: compileAttributes(definition.attributes) },
      ]),
    ),
};

function checkType({ id, attributes }: ActivityType, path: Path): Problem[] {
  return [
    ...(isSystemType(id) || reversedTypeOf(id) !== null
      ? problem([...path, 'id'], 'definition.reservedType', { id })
      : []),
    ...checkAttribute(attributes, [...path, 'attributes'], 1),
    ...checkOwn(id, attributes, [...path, 'attributes']),
  ];
}

/** What a module of ours tells by itself has to fit the type, or nothing of it would ever count. */
function checkOwn(id: string, { required, properties }: ObjectAttribute, path: Path): Problem[] {
  const told = HOUSE_ACTIVITIES.find((activity) => activity.id === id)?.attributes;
  if (told === undefined) return [];
  const sure = told.required ?? [];
  return [
    ...(required ?? []).flatMap((name, index) =>
      sure.includes(name)
        ? []
        : problem([...path, 'required', index], 'attribute.notTold', { name, told: sure.join(', ') }),
    ),
    ...Object.entries(properties).flatMap(([name, { type }]) => {
      const sent = own(told.properties, name)?.type ?? type;
      return sent === type
        ? []
        : problem([...path, 'properties', name, 'type'], 'attribute.toldAs', { name, type: sent });
    }),
  ];
}

function checkAttribute(schema: AttributeSchema, path: Path, depth: number): Problem[] {
  if (depth > ATTRIBUTE_DEPTH_MAX) return problem(path, 'attribute.tooDeep', { maximum: ATTRIBUTE_DEPTH_MAX });
  switch (schema.type) {
    case 'array':
      return schema.items.type === 'array'
        ? problem([...path, 'items'], 'attribute.listOfLists')
        : checkAttribute(schema.items, [...path, 'items'], depth + 1);
    case 'object':
      return [
        ...(schema.required ?? []).flatMap((name, index) =>
          Object.hasOwn(schema.properties, name)
            ? []
            : problem([...path, 'required', index], 'attribute.unknown', { name }),
        ),
        ...Object.entries(schema.properties).flatMap(([name, part]) => [
          ...checkAttribute(part, [...path, 'properties', name], depth + 1),
          ...checkAtMost(schema, name, [...path, 'properties', name, 'x-atMost']),
        ]),
      ];
    case 'integer':
      return (schema.minimum ?? -Infinity) > (schema.maximum ?? Infinity) ? problem(path, 'attribute.noValueFits') : [];
    case 'string':
      return (schema.minLength ?? 0) > (schema.maxLength ?? Infinity)
        ? problem(path, 'attribute.noValueFits')
        : checkChoices(schema, path);
    case 'boolean':
      return [];
  }
}

/** What an integer may not exceed is another one beside it. */
function checkAtMost({ properties }: ObjectAttribute, name: string, path: Path): Problem[] {
  const part = properties[name];
  const other = part?.type === 'integer' ? part['x-atMost'] : undefined;
  if (other === undefined || (other !== name && properties[other]?.type === 'integer')) return [];
  return problem(path, 'attribute.noSuchWhole', { name: other });
}
