import { onSecondFactorNeeded } from '#lib/api/call.js';
import { session } from '#lib/api/session.svelte.js';

/**
 * The one place where the second factor is asked for: any call that the server refuses without it waits here, whatever page
 * sent it, and is sent again once the code was shown. Calls that come meanwhile wait for the same answer.
 */
class SecondFactorGate {
  /** What is asked now, if anything: six digits, or to set up an authenticator app first. */
  asked = $state.raw<{ readonly isOn: boolean }>();
  #waiting: Promise<boolean> | undefined;
  #answer: (isShown: boolean) => void = () => {};

  /** From now on the open screen can ask. The answer takes that back. */
  open(): () => void {
    onSecondFactorNeeded((refusal) => {
      const isOn = refusal.params['isOn'];
      return this.#ask(typeof isOn === 'boolean' ? isOn : (session.me?.secondFactor.isOn ?? true));
    });
    return () => {
      onSecondFactorNeeded(() => Promise.resolve(false));
      this.answer(false);
    };
  }

  answer(isShown: boolean): void {
    this.asked = undefined;
    this.#waiting = undefined;
    this.#answer(isShown);
  }

  #ask(isOn: boolean): Promise<boolean> {
    this.#waiting ??= new Promise((resolve) => {
      this.#answer = resolve;
      this.asked = { isOn };
    });
    return this.#waiting;
  }
}

export const secondFactorGate = new SecondFactorGate();

/** What the login knows of its own second factor, after it changed. */
export function keepSecondFactor(secondFactor: { readonly isOn: boolean; readonly until: string | null }): void {
  if (session.me) session.me = { ...session.me, secondFactor: { ...secondFactor } };
}
