import * as z from 'zod/mini';

/** A place of a schema that takes a text: its path, with `*` for any name or place in a list, and how it reads one. */
export interface TextPlace {
  readonly path: string;
  readonly schema: z.ZodMiniType;
  /** What a text is read as; undefined where it is refused. */
  readonly read: (text: string) => string | undefined;
}

type Def = Readonly<Record<string, unknown>> & { readonly type: string };

/** Every place of a schema of the contract that takes a free text, so that a new one is in every generated test. */
export function textPlaces(whole: z.ZodMiniType): TextPlace[] {
  const found: TextPlace[] = [];
  const known = new Set<unknown>();
  const walk = (given: unknown, path: readonly string[]): void => {
    const schema = given as z.ZodMiniType;
    const def = schema._zod.def as unknown as Def;
    const inside = (part: unknown, ...steps: string[]): void => walk(part, [...path, ...steps]);
    switch (def.type) {
      case 'string':
        found.push({ path: path.join('.'), schema, read: (text) => textOf(schema, text) });
        return;
      case 'record': {
        // Of what is not known any name may be given, and only the whole can be read.
        if (((def['valueType'] as z.ZodMiniType)._zod.def as { type: string }).type !== 'unknown')
          return inside(def['valueType'], '*');
        const read = (text: string) => textOf(schema, { a: { b: [text] } }, (value) => value?.a?.b?.[0]);
        found.push({ path: [...path, '*'].join('.'), schema, read });
        return;
      }
      case 'object':
        // What holds itself (a condition of conditions) is looked at once.
        if (known.has(schema)) return;
        known.add(schema);
        for (const [name, part] of Object.entries(def['shape'] as object)) inside(part, name);
        return;
      case 'array':
        return inside(def['element'], '*');
      case 'tuple':
        for (const item of def['items'] as unknown[]) inside(item, '*');
        return;
      case 'union':
        for (const option of def['options'] as unknown[]) inside(option);
        return;
      case 'pipe':
        return inside(def['in']);
      case 'lazy':
        if (known.has(schema)) return;
        known.add(schema);
        return inside((def['getter'] as () => unknown)());
      case 'optional':
      case 'default':
      case 'prefault':
      case 'nullable':
        return inside(def['innerType']);
      case 'enum':
      case 'literal':
      case 'number':
      case 'int':
      case 'boolean':
      case 'unknown':
        return;
      default:
        throw new Error(`Nobody looks for texts in a ${def.type} at ${path.join('.')}.`);
    }
  };
  walk(whole, []);
  return found;
}

type Nest = { readonly a?: { readonly b?: readonly string[] } } | undefined;

function textOf(schema: z.ZodMiniType, value: unknown, pick?: (value: Nest) => string | undefined): string | undefined {
  const { data } = z.safeParse(schema, value);
  return pick === undefined ? (data as string | undefined) : pick(data as Nest);
}
