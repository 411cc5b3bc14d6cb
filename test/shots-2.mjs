import { browser, session, login, errors, url, out, TOTP, fs } from './shots-tmp.mjs';
const [,, theme='light', lang='es', width='1440', ...paths] = process.argv;
const { ctx, page } = await session({ viewport: { width: Number(width), height: 900 }, colorScheme: theme, locale: lang==='es'?'es-ES':'en-GB' });
await login(page);
const base = `${url}/console/plaza`;
for (const p of paths) {
  await page.goto(base + (p === '-' ? '' : p));
  await page.waitForLoadState('networkidle');
  const dialog = page.locator('dialog[open] input[name=code]');
  if (await dialog.count()) {
    const used = fs.readFileSync(`${out}/recovery`, 'utf8').trim().split('\n');
    await dialog.fill(used.shift());
    fs.writeFileSync(`${out}/recovery`, used.join('\n'));
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
  }
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${out}/p${p.replace(/[^a-z]/g, '_')}-${theme}-${lang}-${width}.png`, fullPage: true });
  const w = await page.evaluate(() => document.documentElement.scrollWidth);
  if (w > Number(width)) console.log('WIDE', p, w);
}
console.log(errors);
await browser.close();
