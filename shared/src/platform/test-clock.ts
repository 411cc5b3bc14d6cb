import * as z from 'zod/mini';
import { route } from './route.js';
import { InstantInput } from './given-time.js';
import { Instant } from './time.js';

export const moveClock = route({
  method: 'POST',
  path: '/test/clock',
  summary: 'Move the server’s clock; exists only in tests',
  access: 'public',
  body: z.strictObject({ at: InstantInput }),
  response: z.object({ at: Instant }),
});
