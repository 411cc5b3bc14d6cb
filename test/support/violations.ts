import axe from 'axe-core';
import type { Page } from 'playwright-core';

export type Theme = 'light' | 'dark';

/** What axe finds in light, and of it in dark what a theme can change: the contrast of colours. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const found = await violationsIn('light', page);
  found.push(...(await violationsIn('dark', page, ['color-contrast'])));
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

export async function violationsIn(theme: Theme, page: Page, rules?: string[]): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  if (theme === 'dark') await page.locator('html[data-theme=dark]').waitFor();
  return (await violationsOn(page, rules)).map((one) => (theme === 'dark' ? `dark: ${one}` : one));
}

export async function violationsOn(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (only) => {
    const { axe: checker } = window as unknown as { axe: typeof import('axe-core') };
    // Half a transition between two themes is no colour of ours.
    for (const moving of document.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
    const options = { resultTypes: ['violations' as const], ...(only && { runOnly: only }) };
    return (await checker.run(document, options)).violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      where: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`),
    }));
  }, rules);
  return (
    found
      // Rules that are asked for by name count whatever their weight.
      .filter(({ impact }) => rules !== undefined || impact === 'serious' || impact === 'critical')
      .map(({ id, impact, where }) => `${id} (${impact ?? ''}): ${where.join(' | ')}`)
  );
}
