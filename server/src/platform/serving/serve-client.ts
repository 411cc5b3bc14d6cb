import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ClientFiles, HASHED } from './client-files.js';
import { type LinkPreview, MANIFEST, manifestOf, withPreview } from './link-preview.js';

const UNBUILT =
  'Verbena answers, but its client is not built here: run `npm run build`, or use the API at /api/docs.\n';
/** Names in this folder change with their content; beside it lies the version that an open tab asks for. */
const IMMUTABLE_FOLDER = join('_app', 'immutable') + sep;
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** The service worker asks this server and nobody else; it draws nothing. */
const WORKER = 'service-worker.js';
const WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";
/** Addresses that never show the client: what is missing there is missing. */
const NOT_PAGES = /^\/(?:api|socket\.io|docs)(?:\/|$)/;

/** A name with an ending is a file's, unless a browser asks for a page: an alias may hold a dot. */
const FILE_NAME = /\.[a-z0-9]{1,12}$/i;

export interface ClientOptions {
  /** What the address of a request says of itself where it is shared. */
  readonly preview: (request: FastifyRequest, path: string) => Promise<LinkPreview>;
  /** Where browsers find us, as far as the request can be believed. */
  readonly baseUrl: (request: FastifyRequest) => string;
}

/**
 * Answers every address that no route took: with a file of the built client, else with its page, whatever is asked for it,
 * because apps that show a preview take anything; a file that is missing with 404. A raw route, because a not-found handler of
 * our own collides with the one of Nest.
 */
export async function serveClient(instance: FastifyInstance, folder: string, options: ClientOptions): Promise<void> {
  const files = new ClientFiles(folder);
  await instance.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    index: false,
    acceptRanges: false,
    // Only what is found may be kept; a missing file may be there after the next build.
    setHeaders: (reply, path) => {
      void reply.header('cache-control', path.includes(IMMUTABLE_FOLDER) ? IMMUTABLE : 'no-cache');
      if (path === join(folder, WORKER)) void reply.header('content-security-policy', WORKER_POLICY);
    },
  });
  instance.get('/*', async (request, reply) => {
    const path = pathOf(request);
    if (path === null || NOT_PAGES.test(path)) return reply.callNotFound();
    const name = path.slice(1);
    const [slug = '', file] = name.split('/');
    if (file === MANIFEST && name === `${slug}/${MANIFEST}` && files.hasFile(MANIFEST)) {
      const preview = await options.preview(request, `/${slug}`);
      if (preview.program === undefined) return reply.callNotFound();
      const manifest = manifestOf(readFileSync(join(folder, MANIFEST), 'utf8'), preview, slug);
      return reply.header('cache-control', 'no-cache').type('application/manifest+json').send(JSON.stringify(manifest));
    }
    if (name.startsWith(HASHED) || files.hasFile(name)) return reply.sendFile(name);
    if (FILE_NAME.test(path) && !(request.headers.accept ?? '').includes('text/html')) return reply.callNotFound();
    const shell = files.shell();
    if (shell === null) return path === '/' ? reply.type('text/plain').send(UNBUILT) : reply.callNotFound();
    const address = new URL(options.baseUrl(request) + (request.url.split('?')[0] ?? ''));
    const html = withPreview(shell.html, await options.preview(request, path), address);
    return reply
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-language')
      .header('content-security-policy', shell.contentPolicy)
      .type('text/html; charset=utf-8')
      .send(html);
  });
}

/** The path that is asked for; null where it is no plain way down. */
function pathOf(request: FastifyRequest): string | null {
  try {
    const path = decodeURIComponent(request.url.split('?')[0] ?? '/');
    return /(?:^|[/\\])\.\.(?:[/\\]|$)|\0/.test(path) ? null : path;
  } catch {
    return null;
  }
}
