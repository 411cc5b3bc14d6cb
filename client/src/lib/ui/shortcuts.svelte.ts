import { KeptChoice } from './kept-choice.svelte.js';

/** Keys of one page, with what the list of shortcuts says of them. */
export interface PageShortcut {
  readonly keys: readonly string[];
  readonly label: string;
}

/**
 * Whether single keys do something in this browser. They can be switched off, because whoever speaks to the machine types
 * without meaning to (WCAG 2.1.4).
 */
class Shortcuts extends KeptChoice {
  /** What the page that is open adds to the keys that are there everywhere. */
  onPage = $state.raw<readonly PageShortcut[]>([]);
}

export const shortcuts = new Shortcuts('verbena:shortcuts');

/** Where somebody types, keys are letters; and while a dialog is open, they are its own. */
export function takesKeys(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role=textbox], [role=combobox]') !== null)
  );
}
