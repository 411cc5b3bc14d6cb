// Lets `npm run dev` run the sources as they are: `node --conditions=source --import ./dev-loader.mjs src/main.ts`.
// Node's own type stripping and tsx emit no decorator metadata, without which Nest injects undefined; swc does.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from '@swc/core';

const { $schema: _, ...options } = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

export async function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
  const filename = fileURLToPath(url);
  const code = await readFile(filename, 'utf8');
  const result = await transform(code, { ...options, swcrc: false, filename, sourceMaps: 'inline' });
  return { format: 'module', source: result.code, shortCircuit: true };
}

// Node imports this file again in the thread that runs the hooks; only the main thread registers.
if (isMainThread) {
  register(import.meta.url);
  process.setSourceMapsEnabled(true);
}
