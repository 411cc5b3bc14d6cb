import type { OpenAPIObject } from '@nestjs/swagger';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import { PushEnvelope, StreamOpen, StreamOpened, StreamSeen } from '@verbena/shared/realtime/socket.js';
import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { ProblemDetails } from '@verbena/shared/platform/problem.js';
import { LOCAL_ACCESS } from '#platform/http/implements.decorator.js';
import { printSchema } from './component-schemas.js';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { readonly name: string }>;

const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What commands of this machine ask stands at the end, apart: nobody else can. */
const LOCAL_TAG = 'Commands of this machine';

/** The order of the reference: what systems outside call, then what members and staff do, then the house. */
const TAGS: readonly (readonly [name: string, description: string])[] = [
  ['Activities', 'What members did: send it, read what became of it, take it back'],
  ['Points', 'Points set aside, spent, given and taken'],
  ['Members', 'Find members, read and change them'],
  ['Ledger', 'What a member has, and its journal with receipts'],
  ['Missions', 'Missions and streaks of a member'],
  ['Badges', 'Badges and their holders'],
  ['Leaderboards', 'Boards, places and runs'],
  ['Referrals', 'Invitations'],
];

/** What stands in the place of a path's parameter. */
const PARAMETERS: Readonly<Record<string, { readonly description: string; readonly example: string }>> = {
  program: {
    description: 'A program, by slug or id; with `~test` behind it, for staff, its sandbox',
    example: 'plaza',
  },
  member: {
    description:
      '`me` (the login’s own), a member’s id, `ext:` and the brand’s own id (percent-encoded), or `code:` and the member code that it shows at a till',
    example: 'ext:4711',
  },
  key: {
    description: 'An idempotency key, unique within the caller’s source for ever; or the id of an API key',
    example: 'receipt-2026-11-22-0042',
  },
  seq: { description: 'The number of an entry in its member’s journal', example: '12' },
};

/** Bodies that can be sent to `plaza` as they stand. */
const BODIES: Readonly<Record<string, unknown>> = {
  Activities_record: {
    key: 'receipt-2026-11-22-0042',
    type: 'purchase',
    member: { externalId: '4711' },
    occurredAt: '2026-11-22T18:30:00Z',
    channel: 'shop',
    attributes: { totalMinor: 1240 },
  },
  Identity_login: { email: 'ana@example.com', password: 'una contraseña larga' },
};

const UNIQUE_KEY =
  'Chosen by the caller, unique among all that its source sends, for ever: the same key with the same body is the same request and answers ' +
  'the same, with another body it is refused (422 `activity.keyReused`)';

/** What a name alone does not say, by component and property. */
const DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ActivityDraft: {
    key: UNIQUE_KEY,
    occurredAt:
      'When it happened, with its zone; now, unless said. At most 400 days before the member’s newest activity',
    attributes:
      'As the activity type says: `GET …/activity-types` lists those of a program with their schema. Money is in minor units ' +
      '(`totalMinor: 1240` is 12.40). Those of the preset of shopping centres are named here',
  },
  ActivityResult: {
    seq: 'Its place in the member’s journal, which has no gaps',
    outcome: '`refused` is a decision too, with an entry: a repeat answers the same',
    lines: 'The points that moved, signed: the award',
    balances: 'What the member may spend after it, by currency',
  },
  LotDates: {
    activated: 'The local day on which the points became usable',
    expires: 'The first local day on which they are no longer there; null where they never end',
  },
};

/** What is answered with another status too: a load balancer reads the status alone. */
const SAME: Readonly<Record<string, string>> = { Health_get: '503' };

/** Fills in what the scan of the controllers leaves out: path parameters, the shape of problems, and examples. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components, schemas: completeSchemas(document.components?.schemas) };
  const tags = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const verb of VERBS) {
      const operation = item[verb];
      if (operation === undefined) continue;
      completeOperation(path, operation);
      for (const tag of operation.tags ?? []) tags.add(tag);
    }
  }
  for (const [name] of [...TAGS, [LOCAL_TAG]] as const) tags.delete(name);
  document.tags = [
    ...TAGS.map(([name, description]) => ({ name, description })),
    ...[...tags].sort().map((name) => ({ name })),
    { name: LOCAL_TAG, description: 'With the token that the launcher made, from this machine alone' },
  ];
  return document;
}

/** The named schemas, with what only sockets speak of, the attributes of the preset's types, and what a name does not say. */
function completeSchemas(found: Record<string, unknown> = {}): Record<string, SchemaObject> {
  const schemas = { ...found } as Record<string, Record<string, unknown>>;
  for (const schema of [ProblemDetails, PushEnvelope, StreamOpened])
    Object.assign(schemas, printSchema(schema, 'output').components);
  for (const schema of [StreamOpen, StreamSeen]) Object.assign(schemas, printSchema(schema, 'input').components);
  const types = PRESETS['shopping-centre'].definitions.activityTypes.filter(({ from }) => from === undefined);
  const names = types.map(({ id, attributes }) => {
    const name = `${id.replaceAll(/(?:^|[.-])(\w)/g, (_, first: string) => first.toUpperCase())}Attributes`;
    schemas[name] = schemaOfAttributes(attributes);
    return name;
  });
  const refs = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  describe(schemas, 'ActivityDraft', 'attributes', (open) => ({ anyOf: [...refs, open] }));
  for (const [name, properties] of Object.entries(DESCRIPTIONS))
    for (const [property, description] of Object.entries(properties))
      describe(schemas, name, property, (said) => ({ ...said, description }));
  return schemas;
}

/** The attributes of a type as plain JSON Schema: its English labels as titles, and nothing beside what it declares. */
function schemaOfAttributes(attributes: ObjectAttribute): Record<string, unknown> {
  const plain = (_: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !('type' in value)) return value;
    const { 'x-label': label, 'x-unit': unit } = value as Record<string, unknown>;
    return {
      ...Object.fromEntries(Object.entries(value).filter(([name]) => !name.startsWith('x-'))),
      ...(isLabel(label) ? { title: label['en'] } : {}),
      ...(typeof unit === 'string' ? { description: `In minor units of ${unit}` } : {}),
      ...('properties' in value ? { additionalProperties: false } : {}),
    };
  };
  return JSON.parse(JSON.stringify(attributes, plain)) as Record<string, unknown>;
}

function isLabel(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null;
}

/** Changes what the document says of a property; throws where there is none, so that no description outlives it. */
function describe(
  schemas: Record<string, Record<string, unknown>>,
  name: string,
  property: string,
  change: (said: Record<string, unknown>) => Record<string, unknown>,
): void {
  const { properties } = (schemas[name] ?? {}) as { properties?: Record<string, Record<string, unknown>> };
  const said = properties?.[property];
  if (said === undefined) throw new Error(`The document has no ${name}.${property} to describe.`);
  schemas[name] = { ...schemas[name], properties: { ...properties, [property]: change(said) } };
}

function completeOperation(path: string, operation: Operation): void {
  if (operation.description === LOCAL_ACCESS) operation.tags = [LOCAL_TAG];
  operation.parameters = [
    ...pathParametersOf(path),
    ...(operation.parameters ?? []).filter((parameter) => !('in' in parameter) || parameter.in !== 'path'),
  ];
  const same = operation.responses[SAME[operation.operationId ?? ''] ?? ''];
  const done = operation.responses['200'];
  if (same !== undefined && done !== undefined && 'content' in same && 'content' in done)
    same.content = { ...done.content, ...same.content };
  const example = BODIES[operation.operationId ?? ''];
  if (example === undefined || operation.requestBody === undefined || '$ref' in operation.requestBody) return;
  const content = operation.requestBody.content['application/json'];
  if (content !== undefined) content.example = example;
}

function pathParametersOf(path: string): Parameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    ...PARAMETERS[name],
  }));
}
