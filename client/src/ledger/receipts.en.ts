/** The same in English. */
export { en } from '@verbena/shared/ledger/ledger.en.js';
