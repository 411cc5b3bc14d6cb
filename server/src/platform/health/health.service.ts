import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Health, PartHealth } from '@verbena/shared/platform/health.js';
import type { Scope } from '#platform/mongo/scope.js';
import { Config } from '#platform/config/config.js';
import { type HealthPart, type PartName, ReportsHealth } from './health-part.port.js';

/** Which parts an award needs; without one of them nothing can be committed. */
const NEEDED: Readonly<Record<PartName, boolean>> = {
  database: true,
  lanes: true,
  redis: false,
  queues: false,
  outbox: false,
  mail: false,
  books: false,
};

export const VERSION = '0.1.0';

@Injectable()
export class HealthService implements OnApplicationBootstrap {
  private readonly parts = new Map<PartName, HealthPart>();
  readonly warnings: string[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(Config) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    for (const wrapper of this.discovery.getProviders({ metadataKey: ReportsHealth.KEY })) {
      const owner = wrapper.instance as HealthPart;
      if (this.parts.has(owner.part)) throw new Error(`The health of "${owner.part}" has two owners.`);
      this.parts.set(owner.part, owner);
    }
    for (const name of Object.keys(NEEDED) as PartName[]) {
      if (!this.parts.has(name)) throw new Error(`Nobody reports the health of "${name}".`);
    }
    if (!this.config.hasSecureCookies) {
      this.warnings.push(
        'PUBLIC_URL is plain http: cookies travel without Secure, and live tabs cannot share one toast.',
      );
    }
  }

  /** The state of all parts; with `scope`, as the staff of that program may know it. */
  async report(scope?: Scope): Promise<Health> {
    const entries = await Promise.all(
      [...this.parts.values()].map(async (owner) => [owner.part, await within(owner.check(scope), 1_500)] as const),
    );
    const parts = Object.fromEntries(entries) as Health['parts'];
    const names = Object.keys(parts) as PartName[];
    const isDown = names.some((name) => NEEDED[name] && parts[name].status === 'down');
    const isDegraded = names.some((name) => parts[name].status !== 'ok');
    return {
      status: isDown ? 'down' : isDegraded ? 'degraded' : 'ok',
      version: VERSION,
      parts,
      warnings: this.warnings,
    };
  }
}

async function within(check: Promise<PartHealth>, ms: number): Promise<PartHealth> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartHealth>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'down', code: 'timeout' }), ms);
  });
  try {
    return await Promise.race([check.catch((): PartHealth => ({ status: 'down', code: 'failed' })), late]);
  } finally {
    clearTimeout(timer);
  }
}
