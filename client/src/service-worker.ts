/// <reference no-default-lib="true" />
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/// <reference types="@sveltejs/kit" />
import { build, files, version } from '$service-worker';
import { KeptAnswers } from '#lib/offline/kept-answers.js';
import { type KeptAddresses, WhatIsKept } from '#lib/offline/what-is-kept.js';

// Keeps the built client and a member's last home, missions and wallet, and what was seen of boards and cards, for reading without a connection. Everything is asked
// of the network first but what never changes, so a newer client is shown at the next navigation, whichever worker is there.

const worker = globalThis.self as unknown as ServiceWorkerGlobalScope;

const FILES_PREFIX = 'verbena-files:';
const FILES = FILES_PREFIX + version;
/** Where the page is kept that answers every address of the client. */
const SHELL = '/';
/** Letters that neither Spanish nor English have are fetched when somebody's name needs them. */
const RARE_LETTERS = /inter-(?:cyrillic|greek|vietnamese)/;
const WHAT_STAYS_THE_SAME = '/_app/immutable/';

const what = new WhatIsKept(
  Object.values(import.meta.glob<KeptAddresses>('/src/*/*.offline.ts', { eager: true, import: 'kept' })),
);
const answers = new KeptAnswers(version, what);
const ours = new Set([...build, ...files]);

worker.addEventListener('install', (event) => {
  event.waitUntil(keepFiles().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([sweepFiles(), answers.sweep()]).then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (what.isKept(request.method, url)) {
    event.respondWith(answers.answer(request, (work) => event.waitUntil(work.catch(() => undefined))));
  } else if (url.pathname.startsWith('/api/') || url.pathname.startsWith('/docs/')) {
    return;
  } else if (request.mode === 'navigate') {
    event.respondWith(openPage(request));
  } else if (url.pathname.startsWith(WHAT_STAYS_THE_SAME)) {
    event.respondWith(keptFirst(request));
  } else if (ours.has(url.pathname)) {
    event.respondWith(networkFirst(request));
  }
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(FILES);
  const wanted = [...ours].filter((file) => !RARE_LETTERS.test(file));
  // One file that was lost on the way would throw all the others away.
  await cache.addAll(wanted).catch(() => cache.addAll(wanted));
  const shell = await fetch(SHELL, { headers: { accept: 'text/html' }, cache: 'no-cache' });
  if (!shell.ok) throw new Error(`The page answered ${shell.status}.`);
  await cache.put(SHELL, shell);
}

/** The files of the version before stay until the next one: a tab that is open may still fetch a part of itself. */
async function sweepFiles(): Promise<void> {
  const older = (await caches.keys()).filter((name) => name.startsWith(FILES_PREFIX) && name !== FILES);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

async function openPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    const shell = await (await caches.open(FILES)).match(SHELL);
    if (shell === undefined) throw failure;
    return shell;
  }
}

/** Names under this folder change with their content, so what is kept is what the network would say. */
async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await (await caches.open(FILES)).match(request.url);
    if (kept === undefined) throw failure;
    return kept;
  }
}
