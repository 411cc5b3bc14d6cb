import * as z from 'zod/mini';

/** A place in an input that names a day, a moment or a period: `activity.occurredAt`, a list by the number 0. */
export interface CalendarPlace {
  readonly path: readonly (string | number)[];
  /** `date`, `date-time` or `period`; null where only the form is checked, as of a day in a definition. */
  readonly format: string | null;
}

type Node = Readonly<Record<string, unknown>>;
const DAY = '^\\d{4}-\\d{2}-\\d{2}$';

/** Every place of a schema of the contract that takes something on the calendar, so that a new one is in every generated test. */
export function calendarPlaces(schema: z.ZodMiniType): CalendarPlace[] {
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node;
  const found: CalendarPlace[] = [];
  const walk = (given: unknown, path: readonly (string | number)[], within: readonly string[]): void => {
    if (typeof given !== 'object' || given === null) return;
    const { $ref, properties, items, ...node } = given as Node;
    if (typeof $ref === 'string') {
      // What holds itself (a condition of conditions) is looked at once.
      if (!within.includes($ref)) walk(resolve(whole, $ref), path, [...within, $ref]);
      return;
    }
    const format = node['format'];
    if (typeof format === 'string' && ['date', 'date-time', 'period'].includes(format)) found.push({ path, format });
    else if (node['pattern'] === DAY) found.push({ path, format: null });
    for (const [name, part] of Object.entries((properties ?? {}) as Node)) walk(part, [...path, name], within);
    walk(items, [...path, 0], within);
    for (const branches of [node['anyOf'], node['oneOf'], node['allOf']])
      if (Array.isArray(branches)) for (const branch of branches) walk(branch, path, within);
  };
  walk(whole, [], []);
  const known = new Set<string>();
  return found.filter(({ path }) => !known.has(path.join('.')) && known.add(path.join('.')));
}

/** An input with nothing in it but that value at its place. */
export function inputWith(path: readonly (string | number)[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

function resolve(whole: Node, ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((node, step) => (node as Node | undefined)?.[step], whole);
}
