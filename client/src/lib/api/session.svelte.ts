import type { Registration } from '@verbena/shared/identity/accounts.routes.js';
import { getMe, login, logout } from '@verbena/shared/identity/identity.routes.js';
import type { AccessGrant, Credentials, Me } from '@verbena/shared/identity/identity.routes.js';
import { forgetAnswers } from '#lib/offline/answers.js';
import { isKeptAnswer } from '#lib/offline/answer-age.js';
import { logOutLater } from '#lib/offline/log-out-later.js';
import { freshToken, keepGrant } from './access-token.js';
import { ApiError } from './api-error.js';
import { call, onSessionEnded } from './call.js';

/** Other tabs of this browser: a log-out in one is a log-out in all. */
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('verbena:session');

/** Who is logged in on this browser. */
class Session {
  /** The login; undefined where nobody is. Stays while a session is only `ended`, so that the open page can stay too. */
  me = $state.raw<Me>();
  /** The session was lost while a screen was open: the screen stays and asks for the password. */
  ended = $state(false);
  /** The server could not be asked who this is. */
  unreachable = $state(false);
  #restoring: Promise<void> | undefined;

  constructor() {
    onSessionEnded(() => {
      if (this.me) this.end();
    });
    channel?.addEventListener('message', (message: MessageEvent<unknown>) => {
      if (message.data === 'logged-out' && this.me) location.reload();
    });
  }

  /** Looks once whether the refresh cookie still opens a session. Never throws. */
  restore(): Promise<void> {
    this.#restoring ??= this.#tryRestore();
    return this.#restoring;
  }

  /** @throws ApiError `auth.badCredentials`, `input.invalid`, `rate.exceeded` */
  async logIn(credentials: Credentials): Promise<void> {
    await this.adopt(await call(login, { body: credentials }));
  }

  /** Makes a login and begins its session. @throws ApiError `account.emailTaken`, `input.invalid`, `rate.exceeded` */
  async register(registration: Registration): Promise<void> {
    const { register } = await import('@verbena/shared/identity/accounts.routes.js');
    await this.adopt(await call(register, { body: registration }));
  }

  /** Goes on with a session that the server has just begun. */
  async adopt(grant: AccessGrant): Promise<void> {
    keepGrant(grant);
    // The new session has taken the place of the one that was to end.
    logOutLater.done();
    this.#restoring = Promise.resolve();
    await this.reload();
    this.ended = false;
  }

  /** Asks anew who this is: after joining a program, verifying an address, changing a name. @throws ApiError */
  async reload(): Promise<void> {
    this.me = await call(getMe, {});
  }

  /** The session cannot be renewed. What this browser keeps for reading without a connection goes with it. */
  end(): void {
    this.ended = true;
    void forgetAnswers();
  }

  /** The server has ended the session already; the local half, and the other tabs. */
  async forget(): Promise<void> {
    keepGrant(undefined);
    this.me = undefined;
    this.ended = false;
    await forgetAnswers();
    channel?.postMessage('logged-out');
  }

  /** Ends the session here and on the server. Without a connection the server is told as soon as there is one. */
  async logOut(): Promise<void> {
    try {
      await call(logout, {});
    } catch {
      logOutLater.remember();
    }
    await this.forget();
  }

  async #tryRestore(): Promise<void> {
    try {
      if (logOutLater.isWaiting()) {
        await call(logout, {});
        logOutLater.done();
      }
      await freshToken();
      this.me = await call(getMe, {});
      this.unreachable = false;
    } catch (failure) {
      const status = failure instanceof ApiError ? failure.status : 0;
      this.unreachable = status === 0 || status >= 500;
      if (!this.unreachable) {
        await forgetAnswers();
        return;
      }
      // Only a clear "no" is remembered; a server that was away is asked again.
      this.#restoring = undefined;
      if (status === 0 && !logOutLater.isWaiting()) await this.#recall();
    }
  }

  /** Without a connection: who was logged in last, from what the service worker keeps for reading. */
  async #recall(): Promise<void> {
    const me = await call(getMe, {}).catch(() => undefined);
    if (isKeptAnswer(me)) this.me = me;
  }
}

export const session = new Session();
