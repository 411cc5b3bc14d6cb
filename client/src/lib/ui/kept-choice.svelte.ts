/** A yes or no that this browser keeps; yes until somebody says otherwise. */
export class KeptChoice {
  #isOn = $state(true);

  /** @param stored under which name */
  constructor(private readonly stored: string) {
    try {
      this.#isOn = localStorage.getItem(stored) !== 'off';
    } catch {
      // Storage may be refused.
    }
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    try {
      localStorage.setItem(this.stored, isOn ? 'on' : 'off');
    } catch {
      // The choice then holds until the page is closed.
    }
  }
}
