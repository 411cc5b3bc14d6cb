const STORED = 'verbena:shortcuts';

/** Keys of one page, with what the list of shortcuts says of them. */
export interface PageShortcut {
  readonly keys: readonly string[];
  readonly label: string;
}

/**
 * Whether single keys do something in this browser. They can be switched off, because whoever speaks to the machine types
 * without meaning to (WCAG 2.1.4).
 */
class Shortcuts {
  #isOn = $state(readChoice());
  /** What the page that is open adds to the keys that are there everywhere. */
  onPage = $state.raw<readonly PageShortcut[]>([]);

  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    try {
      localStorage.setItem(STORED, isOn ? 'on' : 'off');
    } catch {
      // Storage may be refused; the choice then holds until the page is closed.
    }
  }
}

function readChoice(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

export const shortcuts = new Shortcuts();

/** Where somebody types, keys are letters; and while a dialog is open, they are its own. */
export function takesKeys(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role=textbox], [role=combobox]') !== null)
  );
}
