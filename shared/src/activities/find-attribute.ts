import type { Definitions } from '#programs/definitions.js';
import type { AttributeSchema } from './attribute-schema.js';

/** What a type of activity says of the attribute at a path: that of every item where it is a list. */
export function findAttribute(
  definitions: Definitions | undefined,
  activity: string,
  path: string,
): AttributeSchema | undefined {
  let schema: AttributeSchema | undefined = definitions?.activityTypes.find(({ id }) => id === activity)?.attributes;
  for (const part of path.split('.')) {
    if (schema?.type === 'array') schema = schema.items;
    schema = schema?.type === 'object' ? schema.properties[part] : undefined;
  }
  return schema;
}
