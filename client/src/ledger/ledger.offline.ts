import type { KeptAddresses } from '#lib/offline/what-is-kept.js';

export const kept: KeptAddresses = { own: ['/standing', '/entries'] };
