import { session } from '#lib/api/session.svelte.js';
import type { LayoutLoad } from './$types';

export const ssr = false;
export const prerender = false;

/** Before anything is shown: is somebody logged in on this browser? */
export const load: LayoutLoad = () => session.restore();
