import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { eventually } from './eventually.js';
import { deviceOf, type Person, setUpSecondFactor, type Story } from './story.js';

/** One Chromium for a file; each device is a context of its own in it. */
export class Devices {
  private readonly contexts: BrowserContext[] = [];

  private constructor(private readonly browser: Browser) {}

  static async open(): Promise<Devices> {
    const executablePath = process.env['CHROMIUM_PATH'] ?? '';
    if (!existsSync(executablePath)) throw new Error('CHROMIUM_PATH names no browser: run this through npm test.');
    return new Devices(await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] }));
  }

  /** A browser that nobody has used yet: Spanish, light, a laptop. */
  async fresh(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      locale: 'es-ES',
      timezoneId: 'Europe/Madrid',
      viewport: { width: 1_280, height: 900 },
      colorScheme: 'light',
      ...options,
    });
    context.setDefaultTimeout(30_000);
    await context.addInitScript(watch);
    this.contexts.push(context);
    return context;
  }

  /** The same with somebody logged in, by the request that the form would send. */
  async signedIn(
    story: Story,
    person: Pick<Person, 'email' | 'password'>,
    options: BrowserContextOptions = {},
  ): Promise<BrowserContext> {
    return (await this.#logIn(story, person, options)).context;
  }

  /** The same with somebody on the staff, who sets up an authenticator app and shows it in this session. */
  async signedInElevated(
    story: Story,
    person: Pick<Person, 'email' | 'password'>,
    options: BrowserContextOptions = {},
  ): Promise<BrowserContext> {
    const { context, answer } = await this.#logIn(story, person, options);
    const { url } = story.server;
    const { caller, serverMs } = deviceOf(url, { status: 200, headers: new Headers(), text: answer });
    await setUpSecondFactor(caller, person.password, serverMs);
    return context;
  }

  async #logIn(
    story: Story,
    person: Pick<Person, 'email' | 'password'>,
    options: BrowserContextOptions,
  ): Promise<{ readonly context: BrowserContext; readonly answer: string }> {
    const context = await this.fresh(options);
    const page = await context.newPage();
    await page.goto(`${story.server.url}/${story.slug}/login`);
    // The page first asks whether there is a session; its "no" must not take away the one that begins now.
    await page.locator('h1').first().waitFor();
    const { status, text } = await page.evaluate(
      async ({ email, password }) => {
        const answer = await fetch('/api/v1/auth/login', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        });
        return { status: answer.status, text: await answer.text() };
      },
      { email: person.email, password: person.password },
    );
    if (status !== 200) throw new Error(`The login answered ${status}.`);
    await page.close();
    return { context, answer: text };
  }

  /** Closes the devices of one test. */
  async closeAll(): Promise<void> {
    for (const context of this.contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** What a page showed since it was loaded, also what is gone again. */
export interface Shown {
  /** The text of each toast when it appeared. */
  readonly toasts: readonly string[];
  readonly dialogs: readonly string[];
  /** What screen readers were told. */
  readonly spoken: readonly string[];
  /** How many canvases there were: confetti falls on one. */
  readonly canvases: number;
}

declare global {
  interface Window {
    shown: { toasts: string[]; dialogs: string[]; spoken: string[]; canvases: number };
    /** Set by a test; gone after a reload. */
    mark?: string;
  }
}

/** Runs in the page: notes every toast, dialog and announcement as it appears. */
function watch(): void {
  const shown: Window['shown'] = { toasts: [], dialogs: [], spoken: [], canvases: 0 };
  window.shown = shown;
  const textOf = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  const known = new WeakSet<Element>();
  const note = () => {
    for (const toast of document.querySelectorAll('.toast')) {
      if (known.has(toast)) continue;
      known.add(toast);
      shown.toasts.push(textOf(toast));
    }
    for (const dialog of document.querySelectorAll('dialog')) {
      if (dialog.open && !known.has(dialog)) {
        known.add(dialog);
        shown.dialogs.push(textOf(dialog.querySelector('h2') ?? dialog));
      } else if (!dialog.open) known.delete(dialog);
    }
    for (const canvas of document.querySelectorAll('canvas')) {
      if (!known.has(canvas)) shown.canvases += 1;
      known.add(canvas);
    }
    for (const region of document.querySelectorAll('#announce-polite, #announce-assertive')) {
      const text = textOf(region);
      if (text !== '' && shown.spoken.at(-1) !== text) shown.spoken.push(text);
    }
  };
  const start = () =>
    new MutationObserver(note).observe(document.documentElement, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['open'],
      characterData: true,
    });
  if (document.documentElement) start();
  else addEventListener('DOMContentLoaded', start);
}

export function shownOn(page: Page): Promise<Shown> {
  return page.evaluate(() => window.shown);
}

/** Waits until the home screen of a member stands and its live stream is connected. */
export async function openHome(page: Page, story: Story): Promise<void> {
  let isOpen = false;
  page.on('websocket', (socket) => {
    // The answer to `stream.open` is an ack frame: from then on nothing can be missed.
    if (socket.url().includes('/socket.io/'))
      socket.on('framereceived', ({ payload }) => (isOpen ||= String(payload).startsWith('43')));
  });
  await page.goto(`${story.server.url}/${story.slug}`);
  await page.locator('[data-balance]').waitFor();
  await eventually(() => isOpen, { withinMs: 30_000, until: 'the live stream is open' });
}
