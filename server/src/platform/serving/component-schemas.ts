import { z } from 'zod';

/** What reads otherwise than it answers, because of its defaults, has a name for each. */
const BODIES: Readonly<Record<string, string>> = { Definitions: 'DefinitionsDraft' };

/** The names for what is answered, and for what is sent. */
const names = { output: z.registry<{ id: string }>(), input: z.registry<{ id: string }>() };

/**
 * Decorates a Nest module: what its part of the contract exports is called in the API document as the contract calls it, so that clients made
 * from the document have the same nouns. A file of the contract that no module names fails a test.
 * @param files of the contract, as `import * as` gives them
 */
export function NamesSchemas(...files: readonly object[]): ClassDecorator {
  return () => {
    for (const [name, schema] of files.flatMap((file) => Object.entries(file) as [string, unknown][])) {
      if (!(schema instanceof z.core.$ZodType) || names.output.has(schema)) continue;
      names.output.add(schema, { id: name });
      names.input.add(schema, { id: BODIES[name] ?? name });
    }
  };
}

/** A schema for the document, and what it holds by name. */
export interface Printed {
  readonly schema: Record<string, unknown>;
  readonly components: Readonly<Record<string, object>>;
}

/** What each name meant where it was printed first. */
const meanings = new Map<string, string>();

/**
 * Prints a schema of the contract as JSON Schema 2020-12 (zod's mini schemas lack the standard one of their big sisters). Throws
 * where one name would mean two things, or where a schema that holds itself has none.
 */
export function printSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Printed {
  // Inside another one, so that a schema with a name is printed as this name too.
  const printed = z.toJSONSchema(z.object({ root: schema }), {
    ...{ io, metadata: names[io], unrepresentable: 'any', cycles: 'ref' },
  });
  const placed = JSON.stringify(printed).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { properties, $defs = {} } = JSON.parse(placed) as {
    readonly properties: { readonly root: Record<string, unknown> };
    readonly $defs?: Readonly<Record<string, Record<string, unknown>>>;
  };
  const components = Object.fromEntries(Object.entries($defs).map(([name, { id: _, ...meaning }]) => [name, meaning]));
  for (const [name, meaning] of Object.entries(components)) {
    const said = JSON.stringify(meaning);
    if (name.startsWith('__')) throw new Error(`A schema that holds itself needs a name: ${said}`);
    if ((meanings.get(name) ?? said) !== said)
      throw new Error(`${name} reads otherwise than it answers, or two schemas are called so.`);
    meanings.set(name, said);
  }
  return { schema: properties.root, components };
}
