import type { LeaderTab } from '#lib/live/leader-tab.js';
import { decideShow, stackToast } from '#lib/live/what-to-show.js';
import type { Shown } from '#lib/live/what-to-show.js';
import type { Award } from './award.js';

/** What comes within this span is decided together, so that a burst is one thing. */
const GATHER_MS = 150;
/** A device that nobody looks at lets the one in use go first. */
const UNFOCUSED_MS = 500;
/** A toast can be read for so long, and longer while somebody points at it or looks elsewhere. */
const TOAST_MS = 8_000;
const TICK_MS = 250;

export interface AwardDisplayPorts {
  leader: Pick<LeaderTab, 'leads'>;
  /** Asks the server for the right to show up to `q`; undefined where it cannot be asked now. */
  claim(q: number): Promise<number | undefined>;
  announce(shown: readonly Award[], kind: 'toasts' | 'summary'): void;
  /** The home screen is open and shows what happened meanwhile itself. */
  isHomeOpen(): boolean;
}

/**
 * What of the stream is shown, once over all tabs and devices of a member: gathers, claims, then shows toasts, a tier's
 * celebration or one summary.
 */
export class AwardDisplay {
  toasts = $state.raw<readonly Shown<Award>[]>([]);
  /** What happened while the member was away; stays on the home screen until it is dismissed. */
  missed = $state.raw<readonly Award[]>([]);
  /** The summary also stands as a toast, because no home screen was open to show it. */
  summaryToast = $state(false);
  /** A tier to celebrate, in a dialog. */
  celebrated = $state.raw<Award>();

  readonly #ports: AwardDisplayPorts;
  #celebrations = $state.raw<ReadonlySet<number>>(new Set());
  #waiting: Award[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #left = new Map<number, number>();
  #held = false;
  #claiming = false;
  #atStart = true;

  constructor(ports: AwardDisplayPorts) {
    this.#ports = ports;
    document.addEventListener('visibilitychange', this.#consider);
    addEventListener('focus', this.#consider);
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#consider);
    removeEventListener('focus', this.#consider);
    clearInterval(this.#ticker);
    clearTimeout(this.#timer);
  }

  add(award: Award): void {
    this.#waiting.push(award);
    this.#consider();
  }

  /** Another device has shown up to here. */
  forget(q: number): void {
    this.#waiting = this.#waiting.filter((award) => award.q > q);
  }

  /** Something changed that may allow showing: the lock, the connection, the focus. */
  reconsider(): void {
    this.#consider();
  }

  dismiss(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
    this.#left.delete(id);
  }

  dismissSummary(): void {
    this.summaryToast = false;
    this.missed = [];
  }

  /** The clocks of all toasts stand while somebody points at one. */
  hold(held: boolean): void {
    this.#held = held;
  }

  celebrate(award: Award): void {
    this.celebrated = award;
    this.#celebrations = new Set([...this.#celebrations, award.q]);
  }

  /** The new tier in this toast was not celebrated yet: it offers to, and does not go by itself. */
  offersCelebration(toast: Shown<Award>): boolean {
    return toast.awards.some((award) => award.tier?.direction === 'up' && !this.#celebrations.has(award.q));
  }

  endCelebration(): void {
    this.celebrated = undefined;
  }

  readonly #consider = (): void => {
    if (this.#waiting.length === 0 || this.#timer !== undefined || document.visibilityState !== 'visible') return;
    const wait = document.hasFocus() ? GATHER_MS : UNFOCUSED_MS;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#show();
    }, wait);
  };

  async #show(): Promise<void> {
    if (this.#claiming || !this.#ports.leader.leads || document.visibilityState !== 'visible') return;
    const upTo = Math.max(0, ...this.#waiting.map((award) => award.q));
    if (upTo === 0) return;
    this.#claiming = true;
    const before = await this.#ports.claim(upTo).finally(() => {
      this.#claiming = false;
    });
    // Not connected: they go on waiting, and the next connection decides about all of them together.
    if (before === undefined) return;
    const mine = this.#waiting.filter((award) => award.q <= upTo);
    this.forget(upTo);
    const show = decideShow(mine, before, Date.now());
    if (show.kind === 'toasts') this.#showToasts(show.awards);
    else if (show.kind === 'summary') this.#showSummary(show.awards);
    this.#atStart = false;
    this.#consider();
  }

  #showToasts(awards: readonly Award[]): void {
    for (const award of awards) {
      if (award.tier?.direction === 'up' && isIdle() && this.celebrated === undefined) this.celebrate(award);
      this.toasts = stackToast(this.toasts, award);
      this.#left.set(award.q, TOAST_MS);
    }
    this.#ports.announce(awards, 'toasts');
  }

  #showSummary(awards: readonly Award[]): void {
    this.missed = [...this.missed, ...awards];
    this.summaryToast = !(this.#atStart && this.#ports.isHomeOpen());
    this.#ports.announce(awards, 'summary');
  }

  #tick(): void {
    if (this.toasts.length === 0 || this.#held || document.visibilityState !== 'visible') return;
    for (const toast of this.toasts) {
      if (this.offersCelebration(toast)) continue;
      const left = (this.#left.get(toast.id) ?? TOAST_MS) - TICK_MS;
      this.#left.set(toast.id, left);
      if (left <= 0) this.dismiss(toast.id);
    }
  }
}

/** Nobody is typing, and no other dialog is open: a dialog may appear. */
function isIdle(): boolean {
  const active = document.activeElement;
  const isTyping =
    active instanceof HTMLInputElement ||
    active instanceof HTMLTextAreaElement ||
    active instanceof HTMLSelectElement ||
    (active instanceof HTMLElement && active.isContentEditable);
  return !isTyping && document.querySelector('dialog[open]') === null;
}
