import * as z from 'zod/mini';
import { job } from '#platform/queues/job.js';

/** After a release with a newer renderer: what an older one made is made anew, while people read the old. */
export const renderPostsAnew = job({
  name: 'forums.renderPostsAnew',
  payload: z.strictObject({}),
  scheduledPayload: {},
  schedule: { everyMs: 60_000 },
  retries: 0,
});
