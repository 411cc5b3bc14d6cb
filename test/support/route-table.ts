import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RouteSpec } from '@verbena/shared/platform/route.js';

const CONTRACT = fileURLToPath(new URL('../../shared/src', import.meta.url));

/** Every route that the contract declares, found in its files, so that a new one is in every generated test; one that is told twice, once. */
export async function allRoutes(): Promise<RouteSpec[]> {
  const routes = new Map<string, RouteSpec>();
  for (const [, value] of await contractExports())
    if (isRoute(value) && !routes.has(nameOf(value))) routes.set(nameOf(value), value);
  return [...routes.values()];
}

/** Every value that the contract exports, by its name. */
export async function contractExports(): Promise<[name: string, value: unknown][]> {
  const files = (await readdir(CONTRACT, { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
  );
  const found: [string, unknown][] = [];
  for (const file of files.sort())
    found.push(...Object.entries((await import(path.join(CONTRACT, file))) as Record<string, unknown>));
  return found;
}

export function nameOf(route: Pick<RouteSpec, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`;
}

function isRoute(value: unknown): value is RouteSpec {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;
}
