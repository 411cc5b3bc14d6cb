import type { DynamicModule } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { composed } from '@verbena/shared/platform/exact-text.js';
import { fileURLToPath } from 'node:url';
import { monotonicFactory } from 'ulid';
import { AppModule } from './app.module.js';
import { AddressLimit } from '#identity/address-limit.service.js';
import { baseUrlOf } from '#platform/http/base-url.js';
import { LinkPreviewService } from '#referrals/link-preview.service.js';
import { type Config, readConfig } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { ContractSerializer } from '#platform/http/contract.serializer.js';
import { AllowedMethods } from '#platform/http/allowed-methods.js';
import { answerPreflights } from '#platform/http/other-sites.js';
import { answerRefusal, languageAsked, ProblemFilter } from '#platform/http/problem.filter.js';
import { newValidationPipe } from '#platform/http/validation.pipe.js';
import { QuietLogger } from '#platform/logger/quiet-logger.js';
import { endUnreadable, securityHeadersOf, sendSecurityHeaders } from '#platform/serving/security-headers.js';
import { SocketAdapter } from '#realtime/socket.adapter.js';

/** Room for a batch of 1,000 activities with full attributes. */
const BODY_BYTES_MAX = 2 * 1024 * 1024;
const CLIENT_BUILD = fileURLToPath(new URL('../../client/build', import.meta.url));

export interface AppOptions {
  /** Without it nothing listens, and callers speak through `app.inject`: seed, import, export and tests do. */
  readonly listen: boolean;
  /** Another root than the whole server, for tests of a part. */
  readonly root?: (config: Config) => DynamicModule;
  /** Whether pages for people are served too: the client, the reference, error pages. As `listen` unless said. */
  readonly pages?: boolean;
  /** Where the built client lies, if not beside the server. */
  readonly clientFolder?: string;
}

/**
 * The whole server, started: modules found and fenced, indexes made, lanes running. Throws when the environment, a store or
 * a fence does not allow it. The caller closes it; closing first finishes what came in.
 */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const config = readConfig(process.env);
  const logger = new QuietLogger(config.logLevel);
  const app = await NestFactory.create<NestFastifyApplication>(
    (options.root ?? AppModule.withConfig)(config),
    newAdapter(config),
    { logger, bodyParser: false, abortOnError: false, forceCloseConnections: false },
  );
  app.useWebSocketAdapter(new SocketAdapter(app, config));
  await setUpHttp(app, config);
  if (options.pages ?? options.listen) {
    // Loaded only here: what speaks through `inject` starts without them.
    const { servePages } = await import('#platform/serving/serve-pages.js');
    const limit = app.get(AddressLimit, { strict: false });
    const previews = app.get(LinkPreviewService, { strict: false });
    await servePages(app, {
      clientFolder: options.clientFolder ?? CLIENT_BUILD,
      hasReference: config.hasReference,
      count: (ip) => limit.spend(ip),
      preview: (request, path) => previews.describe(path, languageAsked(request), request.ip),
      baseUrl: ({ headers }) => baseUrlOf(headers, config.publicUrl, config.port),
    });
  }
  await app.init();
  sendSecurityHeaders(app.getHttpServer(), securityHeadersOf(config));
  if (options.listen) await app.listen({ port: config.port, host: config.host });
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

function newAdapter(config: Config): FastifyAdapter {
  // It names a request in the log and is no secret; asking the system for each letter's chance costs more than routing does.
  const nextId = monotonicFactory(Math.random);
  const headers = securityHeadersOf(config);
  return new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    requestIdHeader: false,
    // It is valid JSON; the pipe refuses it by its name.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    genReqId: () => nextId(),
    trustProxy: (_address, hop) => hop < config.proxies,
    return503OnClosing: true,
    // An address that cannot be read is none of ours.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerRefusal(new Refusal('route.notFound'), request, reply, config),
    clientErrorHandler: (error, socket) => endUnreadable(error, socket, headers),
    // The longest is an external id whose every letter has its accent apart.
    routerOptions: { maxParamLength: 1_024 },
  });
}

async function setUpHttp(app: NestFastifyApplication, config: Config): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  // What a path names is one, however its accents were written; bodies and queries have it from their schemas.
  instance.addHook('onRequest', (request, _reply, done) => {
    request.params = composed(request.params);
    done();
  });
  // Only JSON is understood; a form of another site therefore reaches no handler.
  instance.removeContentTypeParser('text/plain');
  await app.register(fastifyCookie);
  answerPreflights(instance);
  app.setGlobalPrefix(API_PREFIX.slice(1));
  const methods = new AllowedMethods();
  instance.addHook('onRoute', ({ method, url }) => methods.add(method, url));
  app.useGlobalFilters(new ProblemFilter(config, methods));
  app.useGlobalPipes(newValidationPipe());
  app.useGlobalInterceptors(new ContractSerializer(app.get(Reflector), config.isTest));
}
