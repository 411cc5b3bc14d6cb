import 'reflect-metadata';
import { Controller, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { API_PREFIX, route } from '@verbena/shared/platform/route.js';
import * as z from 'zod/mini';
import { DrainModule } from './drain.module.js';
import { Implements } from './implements.decorator.js';

const slow = route({
  method: 'POST',
  path: '/slow',
  summary: 'Takes its time',
  access: 'public',
  response: z.object({ storeWasOpen: z.boolean() }),
});
const WORK_MS = 600;

/** Stands for whatever a request needs until its end. */
@Injectable()
class Store implements OnModuleDestroy {
  isOpen = true;
  onModuleDestroy(): void {
    this.isOpen = false;
  }
}

@Controller()
class SlowController {
  constructor(private readonly store: Store) {}

  @Implements(slow)
  async work(): Promise<{ storeWasOpen: boolean }> {
    await new Promise((resolve) => setTimeout(resolve, WORK_MS));
    return { storeWasOpen: this.store.isOpen };
  }
}

@Module({ providers: [Store], exports: [Store] })
class StoreModule {}

@Module({ imports: [StoreModule], controllers: [SlowController] })
class SlowModule {}

@Module({ imports: [SlowModule, DrainModule] })
class Root {}

async function start(): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await NestFactory.create<NestFastifyApplication>(Root, new FastifyAdapter({ return503OnClosing: true }), {
    logger: false,
    abortOnError: false,
  });
  app.setGlobalPrefix(API_PREFIX.slice(1));
  await app.listen(0, '127.0.0.1');
  return { app, url: `${await app.getUrl()}${API_PREFIX}${slow.path}` };
}

test('a request that came in before the end is answered, with its stores still open', async () => {
  const { app, url } = await start();
  const answer = fetch(url, { method: 'POST' });
  await new Promise((resolve) => setTimeout(resolve, WORK_MS / 3));
  const closing = app.close();
  expect(await (await answer).json()).toEqual({ storeWasOpen: true });
  await closing;
});

test('after the end has begun nobody new comes in', async () => {
  const { app, url } = await start();
  const answer = fetch(url, { method: 'POST' });
  await new Promise((resolve) => setTimeout(resolve, WORK_MS / 3));
  const closing = app.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const late = await fetch(url, { method: 'POST' }).then(
    ({ status }) => status,
    () => 'refused',
  );
  expect(['refused', 503]).toContain(late);
  expect((await answer).status).toBe(200);
  await closing;
});

test('an unlistening server ends at once', async () => {
  const app = await NestFactory.create<NestFastifyApplication>(Root, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const begun = performance.now();
  await app.close();
  expect(performance.now() - begun).toBeLessThan(2_000);
});
