import type { AttributeSchema, ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { own } from './own.js';

/** Reads the values that stand at a path: those of every item where a list lies on the way, none where nothing is there. */
export type ReadValues = (attributes: Readonly<Record<string, unknown>>) => readonly unknown[];

/** Compiles a path such as `departments.name`. */
export function compileField(path: string): ReadValues {
  const names = path.split('.');
  const [only] = names;
  if (names.length === 1 && only !== undefined) {
    return (attributes) => {
      const value = own(attributes, only);
      return value === undefined ? [] : Array.isArray(value) ? value : [value];
    };
  }
  return (attributes) => {
    let values: unknown[] = [attributes];
    for (const name of names) values = values.flatMap((value) => step(value, name));
    return values;
  };
}

function step(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const next: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  return next === undefined ? [] : Array.isArray(next) ? next : [next];
}

/** What the schema says of the place that a path names, lists stepped into; undefined where there is no such place. */
export function findAttribute(
  root: ObjectAttribute,
  path: string,
): { schema: AttributeSchema; personal: boolean } | undefined {
  let schema: AttributeSchema = root;
  let personal = root['x-personal'] === true;
  const enter = (next: AttributeSchema): void => {
    schema = next;
    personal ||= next['x-personal'] === true;
    if (next.type === 'array') enter(next.items);
  };
  for (const name of path.split('.')) {
    const here: AttributeSchema = schema;
    const next: AttributeSchema | undefined = here.type === 'object' ? own(here.properties, name) : undefined;
    if (next === undefined) return undefined;
    enter(next);
  }
  return { schema, personal };
}
