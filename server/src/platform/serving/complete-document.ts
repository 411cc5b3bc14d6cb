import type { OpenAPIObject } from '@nestjs/swagger';
import { ProblemDetails } from '@verbena/shared/platform/problem.js';
import { PROBLEM_SCHEMA } from '#platform/http/implements.decorator.js';
import { z } from 'zod';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { readonly name: string }>;

const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What stands in the place of a path's parameter. */
const PARAMETERS: Readonly<Record<string, { readonly description: string; readonly example: string }>> = {
  program: {
    description: 'A program, by slug or id; with `~test` behind it, for staff, its sandbox',
    example: 'plaza',
  },
  member: {
    description: '`me` (the login’s own), a member’s id, or `ext:` and the brand’s own id (percent-encoded)',
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

/** What is answered with another status too: a load balancer reads the status alone. */
const SAME: Readonly<Record<string, string>> = { Health_get: '503' };

/** Fills in what the scan of the controllers leaves out: path parameters, the shape of problems, and examples. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const { $schema: _, ...problem } = z.toJSONSchema(ProblemDetails, { io: 'output' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, [PROBLEM_SCHEMA]: problem as SchemaObject },
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const verb of VERBS) {
      const operation = item[verb];
      if (operation !== undefined) completeOperation(path, operation);
    }
  }
  return document;
}

function completeOperation(path: string, operation: Operation): void {
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
