import type { LiveView } from '#programs/live-views.js';
import { boardKeys } from './board-queries.js';

export const live: LiveView = { staleAfterEntry: (program) => [boardKeys.open(program)] };
