import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ClientFiles, HASHED } from './client-files.js';

const UNBUILT =
  'Verbena answers, but its client is not built here: run `npm run build`, or use the API at /api/docs.\n';
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Addresses that never show the client: what is missing there is missing. */
const NOT_PAGES = /^\/(?:api|socket\.io|docs)(?:\/|$)/;

/**
 * Answers every address that no route took: with a file of the built client, else with its page for a browser that asks
 * for one, else with 404. A raw route, because a not-found handler of our own collides with the one of Nest.
 */
export async function serveClient(instance: FastifyInstance, folder: string): Promise<void> {
  const files = new ClientFiles(folder);
  await instance.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    index: false,
  });
  instance.get('/*', (request, reply) => {
    const path = pathOf(request);
    if (path === null || NOT_PAGES.test(path)) return reply.callNotFound();
    const name = path.slice(1);
    if (name.startsWith(HASHED)) return sendHashed(reply, name);
    if (files.hasFile(name)) return reply.header('cache-control', 'no-cache').sendFile(name);
    if (path !== '/' && !(request.headers.accept ?? '').includes('text/html')) return reply.callNotFound();
    const shell = files.shell();
    if (shell === null) return path === '/' ? reply.type('text/plain').send(UNBUILT) : reply.callNotFound();
    return reply
      .header('cache-control', 'no-cache')
      .header('content-security-policy', shell.contentPolicy)
      .type('text/html')
      .send(shell.html);
  });
}

function sendHashed(reply: FastifyReply, name: string): FastifyReply {
  // An open tab asks for the version to learn that a newer client was built.
  const isFixed = name.startsWith(`${HASHED}immutable/`);
  return reply.header('cache-control', isFixed ? IMMUTABLE : 'no-cache').sendFile(name);
}

function pathOf(request: FastifyRequest): string | null {
  try {
    return decodeURIComponent(request.url.split('?')[0] ?? '/');
  } catch {
    return null;
  }
}
