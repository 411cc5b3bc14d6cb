import { noteKept } from './answer-age.js';

class Kept {
  /** Since when the oldest answer on the screen is kept (an instant); undefined while answers come from the server. */
  at = $state<string>();

  /** An answer came: from the server, or from what is kept since `at`. */
  note(body: unknown, at: string | null): void {
    if (at === null) {
      this.at = undefined;
      return;
    }
    if (this.at === undefined || at < this.at) this.at = at;
    noteKept(body, at);
  }
}

export const kept = new Kept();
