import { chromium } from 'playwright-core';
import { TOTP } from 'otpauth';
import fs from 'node:fs';
const url = 'http://localhost:3188';
const out = '/tmp/console-shots';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const errors = [];
async function session(opts) {
  const ctx = await browser.newContext({ locale: 'es-ES', timezoneId: 'Europe/Madrid', viewport: { width: 1440, height: 900 }, ...opts });
  const page = await ctx.newPage();
  page.on('console', (m) => { if (m.type() === 'error') errors.push(m.text().slice(0, 200)); });
  page.on('pageerror', (e) => errors.push('PAGEERROR ' + String(e.stack).slice(0, 400)));
  return { ctx, page };
}
async function login(page) {
  await page.goto(url + '/plaza/login');
  await page.locator('input[name=email]').fill('gerencia@plaza.verbena.example');
  await page.locator('input[name=password]').fill('farolillos-de-verano');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/console/plaza');
}
export { browser, session, login, errors, url, out, TOTP, fs };
