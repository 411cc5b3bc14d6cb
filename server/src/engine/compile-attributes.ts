import type { AttributeSchema, ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { AMOUNT_MAX } from '@verbena/shared/programs/definition.js';
import { composed } from '@verbena/shared/platform/exact-text.js';
import { folded } from './field-values.js';
import { own } from './own.js';
import type { ValidateAttributes } from './compiled-program.js';

const STRING_LENGTH_MAX = 500;
const ITEMS_MAX = 1_000;
const PROBLEMS_MAX = 20;

type Path = readonly (string | number)[];
type Check = (value: unknown, path: Path, report: Report) => void;
type Report = (problem: Problem) => void;

/**
 * Compiles the attributes of an activity type into one fast check. Codes are those of `errors/fields`: `required`, `unknown`,
 * `type.*`, `minimum`, `maximum`, `minLength`, `maxLength`, `maxItems`, `choice`, `atMostField`. At most 20 problems are told.
 */
export function compileAttributes(schema: ObjectAttribute): ValidateAttributes {
  const check = compile(schema);
  return (attributes) => {
    const problems: Problem[] = [];
    check(attributes, [], (problem) => {
      if (problems.length < PROBLEMS_MAX) problems.push(problem);
    });
    return problems;
  };
}

type Compilers = { [T in AttributeSchema['type']]: (schema: Extract<AttributeSchema, { type: T }>) => Check };

const compilers: Compilers = {
  string: (schema) => {
    const least = schema.minLength ?? 0;
    const most = schema.maxLength ?? STRING_LENGTH_MAX;
    const folds = schema['x-compare'] === 'folded';
    // What was declared before texts were composed is chosen by what they are now.
    const choices = schema.enum && new Set(schema.enum.flatMap((one) => (folds ? folded(one) : [one, composed(one)])));
    return (value, path, report) => {
      if (typeof value !== 'string') return report(at(path, 'type.string'));
      // JSON Schema counts characters, not UTF-16 units.
      const length = isPlain(value) ? value.length : [...value].length;
      if (length < least) report(at(path, 'minLength', { minimum: least }));
      else if (length > most) report(at(path, 'maxLength', { maximum: most }));
      else if (choices && !choices.has(folds ? folded(value) : value))
        report(at(path, 'choice', { choices: schema.enum?.join(', ') ?? '' }));
    };
  },
  integer: (schema) => {
    const least = schema.minimum ?? -AMOUNT_MAX;
    const most = schema.maximum ?? AMOUNT_MAX;
    const choices = schema.enum && new Set(schema.enum);
    return (value, path, report) => {
      if (typeof value !== 'number') return report(at(path, 'type.integer'));
      if (!Number.isInteger(value)) report(at(path, 'type.integer'));
      else if (value < least) report(at(path, 'minimum', { minimum: least }));
      else if (value > most) report(at(path, 'maximum', { maximum: most }));
      else if (choices && !choices.has(value)) report(at(path, 'choice', { choices: [...choices].join(', ') }));
    };
  },
  boolean: () => (value, path, report) => {
    if (typeof value !== 'boolean') report(at(path, 'type.boolean'));
  },
  array: (schema) => {
    const most = schema.maxItems ?? ITEMS_MAX;
    const checkItem = compile(schema.items);
    return (value, path, report) => {
      if (!Array.isArray(value)) return report(at(path, 'type.array'));
      if (value.length > most) return report(at(path, 'maxItems', { maximum: most }));
      for (let index = 0; index < value.length; index += 1) checkItem(value[index], [...path, index], report);
    };
  },
  object: (schema) => {
    const properties = new Map(Object.entries(schema.properties).map(([name, part]) => [name, compile(part)]));
    const required = schema.required ?? [];
    const bounds = boundsOf(schema);
    return (value, path, report) => {
      if (!isRecord(value)) return report(at(path, 'type.object'));
      for (const name of required) {
        if (own(value, name) === undefined) report(at([...path, name], 'required'));
      }
      for (const name of Object.keys(value)) {
        const part = value[name];
        const checkPart = properties.get(name);
        if (checkPart === undefined) report(at([...path, name], 'unknown'));
        else if (part !== undefined) checkPart(part, [...path, name], report);
      }
      for (const { name, ...whole } of bounds) {
        const [part, most] = [own(value, name), own(value, whole.field)];
        if (typeof part === 'number' && typeof most === 'number' && part > most)
          report(at([...path, name], 'atMostField', whole));
      }
    };
  },
};

function compile(schema: AttributeSchema): Check {
  switch (schema.type) {
    case 'string':
      return compilers.string(schema);
    case 'integer':
      return compilers.integer(schema);
    case 'boolean':
      return compilers.boolean(schema);
    case 'array':
      return compilers.array(schema);
    case 'object':
      return compilers.object(schema);
  }
}

/** Which integers another one beside them bounds, and how people call that one. */
function boundsOf({ properties }: ObjectAttribute): { name: string; field: string; es: string; en: string }[] {
  return Object.entries(properties).flatMap(([name, part]) => {
    const field = part.type === 'integer' ? part['x-atMost'] : undefined;
    if (field === undefined) return [];
    const { es = field, en = field } = properties[field]?.['x-label'] ?? {};
    return [{ name, field, es, en }];
  });
}

function at(path: Path, code: string, params?: Problem['params']): Problem {
  return params === undefined ? { path: [...path], code } : { path: [...path], code, params };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlain(text: string): boolean {
  return !/[\uD800-\uDFFF]/.test(text);
}
