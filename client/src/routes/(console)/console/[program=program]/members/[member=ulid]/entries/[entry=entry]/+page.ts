import { locale } from '#lib/words/locale.svelte.js';
import type { PageLoad } from './$types';

export const load: PageLoad = () => locale.need('staffMembers', 'byHand', 'entry', 'receipts');
