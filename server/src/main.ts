import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from '@nestjs/common';
import { createApp } from './create-app.js';
import { readConfig } from '#platform/config/config.js';

/** What came in is finished within this time, or left to its caller's retry. */
const DRAIN_MS = 10_000;

const logger = new Logger('Start');

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const app = await createApp({ listen: config.role !== 'worker' });
  stopOnSignals(app);
  const where = config.role === 'worker' ? 'works without listening' : `listens on ${await app.getUrl()}`;
  logger.log(`Verbena ${where} (role ${config.role}, process ${process.pid}).`);
}

function stopOnSignals(app: NestFastifyApplication): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.log(`${signal}: finishing what came in.`);
    const late = setTimeout(() => {
      logger.warn(`Not finished within ${DRAIN_MS / 1_000} s; stopping all the same.`);
      process.exit(1);
    }, DRAIN_MS);
    app.close().then(
      () => {
        clearTimeout(late);
        process.exit(0);
      },
      (error: unknown) => {
        logger.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

start().catch((error: unknown) => {
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});
