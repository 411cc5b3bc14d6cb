import type { AttributeSchema, ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { foldedText } from '@verbena/shared/platform/folded-text.js';
import { own } from './own.js';

/** Reads the values that stand at a path: those of every item where a list lies on the way, none where nothing is there. */
export type ReadValues = (attributes: Readonly<Record<string, unknown>>) => readonly unknown[];

/** Compiles a path such as `departments.name`; `folds`: texts are read as they are compared (`x-compare`). */
export function compileField(path: string, folds = false): ReadValues {
  const read = compilePath(path);
  return folds ? (attributes) => read(attributes).map(folded) : read;
}

/** A value as it is compared where its attribute folds. */
export function folded<T>(value: T): T | string {
  return typeof value === 'string' ? foldedText(value) : value;
}

/** A value as it is compared, in all its depth; what is recorded stays as it was sent. */
export function comparedOf(schema: AttributeSchema | undefined, value: unknown): unknown {
  if (schema?.type === 'string') return schema['x-compare'] === 'folded' ? folded(value) : value;
  if (schema?.type === 'array') return Array.isArray(value) ? value.map((one) => comparedOf(schema.items, one)) : value;
  if (schema?.type !== 'object' || typeof value !== 'object' || value === null) return value;
  const { properties } = schema;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, comparedOf(own(properties, name), one)]));
}

function compilePath(path: string): ReadValues {
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

/** Whether the texts at a place are compared folded. */
export function isFolded(root: ObjectAttribute | null, path: string): boolean {
  const schema = root === null ? undefined : findAttribute(root, path)?.schema;
  return schema?.type === 'string' && schema['x-compare'] === 'folded';
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
