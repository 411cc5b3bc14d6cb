import { Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { RouteSpec } from '@verbena/shared/platform/route.js';
import { ROUTE } from './implements.decorator.js';

const METHOD_METADATA = 'method';

/** Refuses to boot when a handler has no declared rights, or when two handlers implement one route. */
@Injectable()
export class RouteFence implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const owners = new Map<string, string>();
    for (const wrapper of this.discovery.getControllers()) {
      const prototype: unknown = wrapper.metatype?.prototype;
      if (typeof prototype !== 'object' || prototype === null) continue;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = (prototype as Record<string, unknown>)[name];
        if (typeof handler !== 'function') continue;
        const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (method === undefined) continue;
        const owner = `${wrapper.name}.${name}`;
        const route = this.reflector.get<RouteSpec | undefined>(ROUTE, handler);
        if (route === undefined)
          throw new Error(`${owner} answers HTTP without a declared permission. Give it @Implements(route).`);
        const address = `${route.method} ${route.path}`;
        const other = owners.get(address);
        if (other !== undefined) throw new Error(`${address} is implemented twice: by ${other} and by ${owner}.`);
        owners.set(address, owner);
      }
    }
  }
}
