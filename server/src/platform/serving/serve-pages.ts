import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { serveApiReference } from './api-reference.js';
import { serveErrorPages } from './serve-error-pages.js';
import { serveClient } from './serve-client.js';

/** Everything that is read by people: the client, the reference of the API, a page for each error. */
export async function servePages(app: NestFastifyApplication, clientFolder: string): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  serveApiReference(app);
  serveErrorPages(instance);
  await serveClient(instance, clientFolder);
}
