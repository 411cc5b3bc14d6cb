import { es } from '@verbena/shared/ledger/ledger.es.js';

/** What receipts say: the contract's own words. */
export { es };

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    receipts: typeof es;
  }
}
