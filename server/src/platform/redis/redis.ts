import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createClient } from 'redis';
import { Config } from '#platform/config/config.js';

type Client = ReturnType<typeof createClient>;

/** Whoever has not answered for so long does not. */
const SILENT_MS = 2_000;
const LOOK_MS = 1_000;
/** So many looks in a row without a connection, and a new one is begun: one half made may wait for ever. */
const LOOKS_MAX = 10;

/**
 * The one Redis client. Redis may be away: no award needs it. So commands fail at once while it is (no offline queue), and
 * whoever calls says what then. A Redis that takes commands and answers none is away too: the driver's time-out ends only
 * what was not yet sent, and its socket's begins anew with each command that is, so a ping is watched here, and a silent connection
 * is given up with all that waits for it.
 */
@Injectable()
export class Redis implements OnModuleDestroy {
  private readonly logger = new Logger(Redis.name);
  readonly prefix: string;
  private readonly watch: NodeJS.Timeout;
  private client: Client;
  private isAway = false;
  private isLooking = false;
  private looksWithout = 0;

  constructor(@Inject(Config) private readonly config: Config) {
    this.prefix = config.redisPrefix;
    this.client = this.connected();
    this.watch = setInterval(() => void this.look(), LOOK_MS);
    this.watch.unref();
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

  private connected(): Client {
    const client = this.newClient();
    client.connect().catch(() => undefined);
    return client;
  }

  private async look(): Promise<void> {
    const { client } = this;
    this.looksWithout = client.isReady ? 0 : this.looksWithout + 1;
    if (this.isLooking || (!client.isReady && this.looksWithout < LOOKS_MAX)) return;
    this.isLooking = true;
    const isSilent = !client.isReady || !(await answersWithin(client.ping(), SILENT_MS));
    this.isLooking = false;
    if (!isSilent || client !== this.client || !client.isOpen) return;
    this.noteAway(new Error(`silent for ${SILENT_MS / 1_000} s`));
    this.looksWithout = 0;
    this.client = this.connected();
    client.destroy();
  }

  onModuleDestroy(): void {
    clearInterval(this.watch);
    if (this.client.isOpen) this.client.destroy();
  }
}

/** Whether an answer came in time; one that is an error came too. */
export async function answersWithin(answer: Promise<unknown>, ms: number): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const isLate = new Promise<false>((resolve) => {
    late = setTimeout(resolve, ms, false);
  });
  const isThere = answer.then(
    () => true,
    () => true,
  );
  const isInTime = await Promise.race([isThere, isLate]);
  clearTimeout(late);
  return isInTime;
}
