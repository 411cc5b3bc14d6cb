import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import type { AttributeSchema } from '@verbena/shared/activities/attribute-schema.js';
import type { KeyPermission } from '@verbena/shared/identity/permissions.js';
import { getActivity, recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { listMembers } from '@verbena/shared/members/members.routes.js';
import { getDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { API_PREFIX, fillPath } from '@verbena/shared/platform/route.js';

/** An amount that reads as one: 12.40 in a currency of two decimals. */
const EXAMPLE_AMOUNT = 1_240;

interface KeyExample {
  /** Where this installation is reached: `https://plaza.example`. */
  readonly origin: string;
  readonly program: string;
  readonly secret: string;
  /** The idempotency key that it sends: one that nothing else has, so that it counts. */
  readonly key: string;
  readonly permissions: readonly KeyPermission[];
  /** The first activity type that the key may send. */
  readonly type: ActivityType | undefined;
}

/** A command to paste into a terminal that shows that the key works: it sends an activity where the key may, else it reads. */
export function writeCurl({ origin, program, secret, key, permissions, type }: KeyExample): string {
  const at = (path: string, params: Record<string, string> = {}) =>
    quote(`${origin}${API_PREFIX}${fillPath(path, { program, ...params })}`);
  const authorization = `  -H ${quote(`Authorization: Bearer ${secret}`)}`;
  if (permissions.includes('activities.write') && type !== undefined) {
    const body = {
      key,
      type: type.id,
      member: { externalId: 'tarjeta-0001' },
      attributes: exampleOf(type.attributes),
    };
    return [
      `curl -X POST ${at(recordActivity.path)}`,
      authorization,
      `  -H 'Content-Type: application/json'`,
      `  -d ${quote(JSON.stringify(body))}`,
    ].join(' \\\n');
  }
  const path = permissions.includes('members.read')
    ? at(listMembers.path)
    : permissions.includes('activities.read')
      ? at(getActivity.path, { key })
      : at(getDefinitions.path);
  return [`curl ${path}`, authorization].join(' \\\n');
}

/** A value that the schema takes, with every attribute named once. */
export function exampleOf(schema: AttributeSchema): unknown {
  switch (schema.type) {
    case 'string':
      return schema.enum?.[0] ?? 'Ejemplo'.padEnd(schema.minLength ?? 0, 'o').slice(0, schema.maxLength ?? 200);
    case 'integer': {
      if (schema.enum !== undefined) return schema.enum[0];
      const wanted = schema['x-unit'] === undefined ? 1 : EXAMPLE_AMOUNT;
      return Math.min(Math.max(wanted, schema.minimum ?? -Infinity), schema.maximum ?? Infinity);
    }
    case 'boolean':
      return true;
    case 'array':
      return schema.maxItems === 0 ? [] : [exampleOf(schema.items)];
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties).map(([name, value]) => [name, exampleOf(value)]));
  }
}

/** For a POSIX shell: nothing within single quotes means anything, and a single quote is written outside of them. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
