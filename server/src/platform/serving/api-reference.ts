import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { VERSION } from '#platform/health/health.service.js';
import { z } from 'zod';
import { completeDocument } from './complete-document.js';

const PAGE = '/api/docs';
const DOCUMENT = '/api/openapi.json';
/** The reference page is Swagger UI, which styles itself inline; its scripts are files. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** OpenAPI 3.1 at `/api/openapi.json` and its reference page at `/api/docs`, printed from the contract when first asked. */
export function serveApiReference(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      if (request.url === PAGE || request.url.startsWith(`${PAGE}/`)) {
        void reply.header('content-security-policy', PAGE_POLICY);
      }
      done();
    });
  SwaggerModule.setup(PAGE.slice(1), app, () => describeApi(app), {
    jsonDocumentUrl: DOCUMENT.slice(1),
    raw: ['json'],
    customSiteTitle: 'Verbena API',
    swaggerOptions: { displayRequestDuration: true, persistAuthorization: false, tagsSorter: 'alpha' },
  });
}

/** The document itself: every route that a controller implements, with its schemas as JSON Schema 2020-12. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Verbena')
    .setDescription(
      'Activities in, awards out. Log in for an access token, or send an API key (`vk_…`); both travel as Bearer. ' +
        'Every refusal is an RFC 9457 problem whose `type` leads to a page about its code. ' +
        'Live pushes come over Socket.IO: `stream.open`, `stream.seen`, `stream.close`.',
    )
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', `All routes live below ${API_PREFIX}`)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token, or an API key' }, 'bearer')
    .build();
  const scanned = SwaggerModule.createDocument(app, frame, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    standardSchemaConverter: toJsonSchema,
  });
  return completeDocument(scanned);
}

/** Zod's mini schemas lack the standard JSON Schema of their big sisters, so the core prints them. */
function toJsonSchema(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.core.$ZodType)) return undefined;
  const { $schema: _, ...printed } = z.toJSONSchema(schema, { io: schemaType, unrepresentable: 'any', cycles: 'ref' });
  return { schema: printed };
}
