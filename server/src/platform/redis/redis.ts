import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createClient } from 'redis';
import { Config } from '#platform/config/config.js';

type Client = ReturnType<typeof createClient>;

/**
 * The one Redis client. Redis may be away: no award needs it. So commands fail at once while it is (no offline queue), and
 * whoever calls says what then.
 */
@Injectable()
export class Redis implements OnModuleDestroy {
  private readonly logger = new Logger(Redis.name);
  private readonly client: Client;
  readonly prefix: string;
  private isAway = false;

  constructor(@Inject(Config) private readonly config: Config) {
    this.prefix = config.redisPrefix;
    this.client = this.newClient();
    this.client.connect().catch(() => undefined);
  }

  /** A further connection, for blocking reads and queues; the caller closes it. `isPatient` lets a command take its time. */
  newClient(
    options: { readonly disableOfflineQueue: boolean; readonly isPatient?: boolean } = { disableOfflineQueue: true },
  ): Client {
    const client: Client = createClient({
      url: this.config.redisUrl,
      disableOfflineQueue: options.disableOfflineQueue,
      ...(options.isPatient === true ? {} : { commandOptions: { timeout: 2_000 } }),
      socket: { connectTimeout: 2_000, reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 2_000) },
    });
    client.on('error', (error: Error) => this.noteAway(error));
    client.on('ready', () => {
      if (this.isAway) this.logger.log('Redis answers again.');
      this.isAway = false;
    });
    return client;
  }

  get isReady(): boolean {
    return this.client.isReady;
  }

  /** The client for commands; throws at once while Redis is away. */
  get commands(): Client {
    return this.client;
  }

  key(...parts: readonly string[]): string {
    return [this.prefix, ...parts].join(':');
  }

  async ping(): Promise<number> {
    const started = performance.now();
    await this.client.ping();
    return performance.now() - started;
  }

  private noteAway(error: Error): void {
    if (!this.isAway) this.logger.warn(`Redis does not answer (${error.message}); awards go on without it.`);
    this.isAway = true;
  }

  onModuleDestroy(): void {
    if (this.client.isOpen) this.client.destroy();
  }
}
