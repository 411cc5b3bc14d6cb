import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Mongo } from './mongo.js';
import { type OwnsCollections, Repository } from './collections.port.js';
import { type Migrations, runOnce } from './migrations.js';

/** Waits for the database, refuses a collection with two doors, and has every repository make its indexes and bring what is old to today's form. */
@Injectable()
export class CollectionFence implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly mongo: Mongo,
  ) {}

  async onModuleInit(): Promise<void> {
    const owners = new Map<string, string>();
    const repositories: OwnsCollections[] = [];
    for (const wrapper of this.discovery.getProviders({ metadataKey: Repository.KEY })) {
      const repository = wrapper.instance as OwnsCollections;
      for (const name of repository.collections) {
        const other = owners.get(name);
        if (other !== undefined)
          throw new Error(`The collection "${name}" has two doors: ${other} and ${wrapper.name}.`);
        owners.set(name, String(wrapper.name));
      }
      repositories.push(repository);
    }
    await this.mongo.ready();
    for (const repository of repositories) await repository.ensureIndexes();
    await runOnce(this.mongo, Object.assign({}, ...repositories.map(({ migrations }) => migrations)) as Migrations);
  }
}
