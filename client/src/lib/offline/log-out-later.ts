const KEY = 'verbena:log-out';

/** A log-out that the server has not heard of yet: it is told before anybody's session is taken up again on this browser. */
export const logOutLater = {
  isWaiting(): boolean {
    try {
      return localStorage.getItem(KEY) !== null;
    } catch {
      return false;
    }
  },
  remember(): void {
    try {
      localStorage.setItem(KEY, '1');
    } catch {
      // Storage may be refused; then the session ends by itself after its days.
    }
  },
  done(): void {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Nothing was remembered either.
    }
  },
};
