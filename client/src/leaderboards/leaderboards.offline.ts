import type { KeptAddresses } from '#lib/offline/what-is-kept.js';

export const kept: KeptAddresses = { seen: ['/boards', '/boards/:board', '/boards/:board/runs'] };
