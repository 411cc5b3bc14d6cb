import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Config } from '#platform/config/config.js';

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'log', 'debug'];
/** Where Nest tells of every module and route that it finds; a start is one line of ours instead. */
const FRAMEWORK = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
]);

/** Nest's console logger from a level on, without the framework's own lines unless everything is asked for. */
export class QuietLogger extends ConsoleLogger {
  constructor(private readonly level: Config['logLevel']) {
    super({
      logLevels: ['fatal', ...LEVELS.slice(0, LEVELS.indexOf(level) + 1)],
      colors: process.stdout.isTTY === true,
      prefix: 'Verbena',
    });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (this.level !== 'debug' && typeof context === 'string' && FRAMEWORK.has(context)) return;
    super.log(message, ...rest);
  }
}
