export type ThemeChoice = 'light' | 'dark' | 'auto';

/** Light, dark or what the system says. `static/theme.js` applies it before the first paint and on each change. */
class Theme {
  #choice = $state<ThemeChoice>(readChoice());

  get choice(): ThemeChoice {
    return this.#choice;
  }

  set choice(choice: ThemeChoice) {
    this.#choice = choice;
    const root = document.documentElement;
    root.dataset['themeChoice'] = choice;
    root.dispatchEvent(new Event('verbena:theme'));
    try {
      localStorage.setItem('verbena:theme', choice);
    } catch {
      // Storage may be refused; the choice then holds until the page is closed.
    }
  }
}

function readChoice(): ThemeChoice {
  const choice = document.documentElement.dataset['themeChoice'];
  return choice === 'light' || choice === 'dark' ? choice : 'auto';
}

export const theme = new Theme();
