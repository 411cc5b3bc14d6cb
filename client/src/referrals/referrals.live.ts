import type { LiveView } from '#programs/live-views.js';
import { referralsKey } from './referral-queries.js';

export const live: LiveView = { staleAfterEntry: (program) => [referralsKey(program)] };
