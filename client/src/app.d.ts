declare global {
  namespace App {
    interface Error {
      /** A code of the error catalogue, by which the words are chosen. */
      code?: string;
    }
  }
}

export {};
