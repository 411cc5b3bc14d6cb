import type { Page } from 'playwright-core';

/** Opens the first dialog behind a button whose name ends or begins like this, in either language. */
export const opening = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).locator('visible=true').first().click();
  await page.getByRole('dialog').first().waitFor();
};
