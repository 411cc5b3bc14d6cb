import type { Locator, Page } from 'playwright-core';

/** How somebody uses a page: with a finger, or with the keyboard alone. */
export interface Hand {
  /** Follows a link, presses a button. */
  press(target: Locator): Promise<void>;
  /** Fills a field. */
  write(target: Locator, text: string): Promise<void>;
}

/** Taps. */
export function finger(): Hand {
  return {
    press: (target) => target.click(),
    write: (target, text) => target.fill(text),
  };
}

const TABS_MAX = 120;

/** Reaches everything by Tab, as nobody with a mouse ever notices that it cannot be reached. */
export function keyboard(page: Page): Hand {
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor();
    for (let presses = 0; presses < TABS_MAX; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(
      `The keyboard does not reach ${await target.evaluate((element) => element.outerHTML.slice(0, 120))}.`,
    );
  };
  return {
    press: async (target) => {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    write: async (target, text) => {
      await reach(target);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
  };
}
