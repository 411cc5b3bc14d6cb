import { bringUp } from './bring-up.js';
import { endsWithSentence } from './terminal.js';

/**
 * `npm start`: everything from a fresh checkout to a healthy server, and back down in order at Ctrl-C.
 *
 * lock → packages → build → stores → server → first-run seed → the address, the logins, a `curl`. `--no-demo`: without the seed.
 */
await endsWithSentence(() => bringUp({ hasDemo: !process.argv.includes('--no-demo') }));
