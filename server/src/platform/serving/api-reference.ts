import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { VERSION } from '#platform/health/health.service.js';
import { z } from 'zod';
import { completeDocument } from './complete-document.js';
import { printSchema } from './component-schemas.js';

const PAGE = '/api/docs';
const DOCUMENT = '/api/openapi.json';
/** The reference page is Swagger UI, which styles itself inline; its scripts are files. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Verbena API</title>
<link rel="stylesheet" href="${PAGE}/swagger-ui.css"><link rel="icon" href="${PAGE}/favicon-32x32.png">
</head><body><div id="reference"></div><script src="${PAGE}/swagger-ui-bundle.js"></script>
<script src="${PAGE}/start.js"></script></body></html>`;
const START = `SwaggerUIBundle(${JSON.stringify({
  url: DOCUMENT,
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  persistAuthorization: false,
  docExpansion: 'list',
})});`;

/** How systems are integrated, in English and Spanish. */
const GUIDES = ['integrate.md', 'integrar.md'] as const;
const readGuide = (name: (typeof GUIDES)[number]): Promise<Buffer> =>
  readFile(new URL(`../../../../docs/${name}`, import.meta.url));

/** An answer as it is sent, plain and gzipped. */
interface Print {
  readonly plain: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
}

/**
 * OpenAPI 3.1 at `/api/openapi.json` and its reference page at `/api/docs`. Each answer is printed when first asked for, and
 * kept: printed for each request, a few a second held up everybody else's. `count` counts the asking network address, or throws.
 */
export function serveApiReference(app: NestFastifyApplication, count: (ip: string) => void): void {
  const instance = app.getHttpAdapter().getInstance();
  const serve = (path: string, type: string, print: () => string | Promise<Buffer>): void => {
    let printed: Promise<Print> | null = null;
    instance.get(path, async (request, reply) => {
      count(request.ip);
      // What could not be printed is tried again by the next who asks.
      printed ??= printOf(print).catch((error: unknown) => {
        printed = null;
        throw error;
      });
      const { plain, gzipped, etag } = await printed;
      // Kept by whoever asked, and asked for again each time: it changes with the version.
      void reply.headers({ 'cache-control': 'no-cache', 'content-security-policy': PAGE_POLICY, etag });
      if (request.headers['if-none-match']?.includes(etag)) return reply.status(304).send();
      void reply.type(type).header('vary', 'accept-encoding');
      if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(plain);
      return reply.header('content-encoding', 'gzip').send(gzipped);
    });
  };
  const { resolve } = createRequire(import.meta.url);
  const file = (name: string) => async () => readFile(resolve(`swagger-ui-dist/${name}`));
  serve(DOCUMENT, 'application/json', async () => {
    // The guide stands at the head of the reference; its own head says where the other language is.
    const guide = (await readGuide('integrate.md')).toString().replace(/^[\s\S]*?(?=^## )/m, '');
    return Buffer.from(JSON.stringify(describeApi(app, guide)));
  });
  for (const name of GUIDES) serve(`${PAGE}/${name}`, 'text/markdown; charset=utf-8', () => readGuide(name));
  for (const path of [PAGE, `${PAGE}/`]) serve(path, 'text/html; charset=utf-8', () => HTML);
  serve(`${PAGE}/start.js`, 'text/javascript; charset=utf-8', () => START);
  serve(`${PAGE}/swagger-ui-bundle.js`, 'text/javascript; charset=utf-8', file('swagger-ui-bundle.js'));
  serve(`${PAGE}/swagger-ui.css`, 'text/css; charset=utf-8', file('swagger-ui.css'));
  serve(`${PAGE}/favicon-32x32.png`, 'image/png', file('favicon-32x32.png'));
}

async function printOf(print: () => string | Promise<Buffer>): Promise<Print> {
  const plain = Buffer.from(await print());
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { plain, gzipped: await promisify(gzip)(plain), etag };
}

/** The document itself: every route that a controller implements, with its schemas as JSON Schema 2020-12. */
export function describeApi(app: NestFastifyApplication, guide = ''): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Verbena')
    .setDescription(
      'Activities in, awards out. Log in for an access token, or send an API key (`vk_…`); both travel as Bearer. ' +
        'Every refusal is an RFC 9457 problem whose `type` leads to a page about its code. ' +
        `Guía en español: [integrar.md](${PAGE}/integrar.md).\n\n${guide}`,
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

function toJsonSchema(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  return schema instanceof z.core.$ZodType ? printSchema(schema, schemaType) : undefined;
}
