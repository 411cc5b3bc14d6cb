declare global {
  namespace App {
    interface Error {
      /** A code of the error catalogue, by which the words are chosen. */
      code?: string;
      /** For looking a failure up in the server's log. */
      traceId?: string;
    }
  }
}

export {};
