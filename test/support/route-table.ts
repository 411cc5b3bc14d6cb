import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RouteSpec } from '@verbena/shared/platform/route.js';

const CONTRACT = fileURLToPath(new URL('../../shared/src', import.meta.url));

/** Every route that the contract declares, found in its files, so that a new one is in every generated test. */
export async function allRoutes(): Promise<RouteSpec[]> {
  const files = (await readdir(CONTRACT, { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
  );
  const routes: RouteSpec[] = [];
  for (const file of files.sort()) {
    const exported = (await import(path.join(CONTRACT, file))) as Record<string, unknown>;
    routes.push(...Object.values(exported).filter(isRoute));
  }
  return routes;
}

export function nameOf(route: Pick<RouteSpec, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`;
}

function isRoute(value: unknown): value is RouteSpec {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;
}
