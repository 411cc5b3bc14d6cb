import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { serveApiReference } from './api-reference.js';
import { serveErrorPages } from './serve-error-pages.js';
import { type ClientOptions, serveClient } from './serve-client.js';

export interface PageOptions extends ClientOptions {
  readonly clientFolder: string;
  /** Whether the reference of the API is shown. */
  readonly hasReference: boolean;
  /** Counts one request of a network address; throws `rate.exceeded`. */
  readonly count: (ip: string) => void;
}

/** Everything that is read by people: the client, the reference of the API, a page for each error. */
export async function servePages(app: NestFastifyApplication, options: PageOptions): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  // First, because it awaits a plugin: for what was registered before, Fastify would answer errors in its own words.
  await serveClient(instance, options.clientFolder, options);
  serveErrorPages(instance, options.baseUrl);
  if (options.hasReference) serveApiReference(app, options.count);
}
