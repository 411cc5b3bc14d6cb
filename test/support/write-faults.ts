import fc from 'fast-check';
import type { WriteFault } from './memory-store.js';

/** What may go wrong with a write of the store in memory; three of seven come through. */
export const writeFault = fc.constantFrom<WriteFault>(
  'none',
  'none',
  'none',
  'lostBefore',
  'lostAfter',
  'connectionBefore',
  'connectionAfter',
);
