/**
 * Which of the tabs of one browser shows toasts: the one that holds the lock. A tab that is looked at takes the lock from
 * one that is not. Where Web Locks are missing (plain http on another machine) every tab thinks that it leads, and the
 * server's `seen` alone decides, as it does between devices.
 */
export class LeaderTab {
  readonly #name: string;
  readonly #onLead: () => void;
  #leads = false;
  #closed = false;
  #release: (() => void) | undefined;

  constructor(name: string, onLead: () => void) {
    this.#name = `verbena:leader:${name}`;
    this.#onLead = onLead;
    if (!this.#locks) {
      this.#leads = true;
      return;
    }
    this.#queue(false);
    addEventListener('focus', this.#onFocus);
  }

  get leads(): boolean {
    return this.#leads;
  }

  close(): void {
    this.#closed = true;
    removeEventListener('focus', this.#onFocus);
    this.#release?.();
  }

  get #locks(): LockManager | undefined {
    // Declared always there, and absent in an insecure context.
    return 'locks' in navigator ? navigator.locks : undefined;
  }

  readonly #onFocus = (): void => {
    if (!this.#leads) this.#queue(true);
  };

  #queue(steal: boolean): void {
    this.#locks
      ?.request(this.#name, { steal }, async () => {
        if (this.#closed) return;
        this.#leads = true;
        this.#onLead();
        await new Promise<void>((resolve) => {
          this.#release = resolve;
        });
      })
      .catch(() => undefined)
      .finally(() => {
        // Either given up, or taken by the tab that is looked at: stand in the queue again.
        const wasLeading = this.#leads;
        this.#leads = false;
        if (!this.#closed && wasLeading) this.#queue(false);
      })
      .catch(() => undefined);
  }
}
