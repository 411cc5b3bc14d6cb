/** The present, to the minute, for everything that says how long ago something was. */
class Minute {
  now = $state(Date.now());

  constructor() {
    setInterval(() => {
      this.now = Date.now();
    }, 60_000);
  }
}

export const minute = new Minute();
