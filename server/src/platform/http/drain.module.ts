import { Injectable, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';

const POLL_MS = 10;
/** Less than what the process allows itself, so that the stores are still closed in order. */
const WAIT_MS = 8_000;

/**
 * Lets requests that came in finish before anything below them closes. Nest ends modules in the reverse of their start,
 * so this one, imported last, is asked first, while lanes and stores still work.
 */
@Injectable()
export class Drain implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly inFlight = new Set<string>();

  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {
    const instance = host.httpAdapter.getInstance();
    instance.addHook('onRequest', (request, reply, done) => {
      this.inFlight.add(request.id);
      // Whichever comes: an answer that was sent, or a caller who went away.
      reply.raw.once('close', () => this.inFlight.delete(request.id));
      done();
    });
    instance.addHook('onResponse', (request, _reply, done) => {
      this.inFlight.delete(request.id);
      done();
    });
  }

  onApplicationBootstrap(): void {
    // Longer than the proxies in front keep theirs, so that none sends into a connection that is just closing.
    this.host.httpAdapter.getHttpServer().keepAliveTimeout = 72_000;
  }

  async onModuleDestroy(): Promise<void> {
    const { httpAdapter } = this.host;
    httpAdapter.beforeClose();
    const server = httpAdapter.getHttpServer();
    if (server.listening) server.close();
    server.closeIdleConnections();
    const until = Date.now() + WAIT_MS;
    while (this.inFlight.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

@Module({ providers: [Drain] })
export class DrainModule {}
