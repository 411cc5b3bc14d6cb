import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RouteSpec } from '@verbena/shared/platform/route.js';

const CONTRACT = fileURLToPath(new URL('../../shared/src', import.meta.url));

/** Every route that the contract declares, found in its files, so that a new one is in every generated test. */
export async function allRoutes(): Promise<RouteSpec[]> {
  return (await contractExports()).map(([, value]) => value).filter(isRoute);
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
  return typeof value === 'object' && value !== null && 'method' in value && 'response' in value && 'access' in value;
}
