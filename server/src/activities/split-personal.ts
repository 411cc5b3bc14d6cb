import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Takes the fields apart that the type marks `x-personal`: they are kept beside the activity, erased with the person, and
 * shown to nobody. Only whole outermost fields are personal.
 */
export function splitPersonal(
  schema: ObjectAttribute | undefined,
  attributes: Attributes,
): { attributes: Attributes; personal: Attributes | null } {
  const isPersonal = (name: string): boolean => schema?.properties[name]?.['x-personal'] === true;
  const entries = Object.entries(attributes);
  if (!entries.some(([name]) => isPersonal(name))) return { attributes, personal: null };
  return {
    attributes: Object.fromEntries(entries.filter(([name]) => !isPersonal(name))),
    personal: Object.fromEntries(entries.filter(([name]) => isPersonal(name))),
  };
}
