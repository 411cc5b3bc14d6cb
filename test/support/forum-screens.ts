import type { Locator, Page } from 'playwright-core';
import type { Category } from '@verbena/shared/forums/category.js';
import type { Thread } from '@verbena/shared/forums/threads.routes.js';
import type { Devices } from './browser.js';
import { Forum, someoneCalled } from './forum.js';
import { type Person, Story } from './story.js';
import type { TestServer } from './test-server.js';

/** A forum on screens, with a section for all, `charla`: Ana and Beto write there, and those of Oro look after it, Clara is one. */
export class ForumScreens {
  private constructor(
    readonly story: Story,
    readonly forum: Forum,
    readonly talk: Category,
    readonly ana: Person,
    readonly beto: Person,
    readonly clara: Person,
    private readonly devices: Devices,
  ) {}

  static async begin(server: TestServer, devices: Devices): Promise<ForumScreens> {
    const story = await Story.begin(server);
    const forum = new Forum(story);
    const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
    const clara = await someoneCalled(story, 'Clara', 2_000);
    const rights = {
      see: null,
      read: null,
      create: null,
      reply: null,
      react: null,
      moderate: { tier: { atLeast: 'oro' } },
    };
    const talk = await forum.category('charla', { name: { es: 'Charla' }, rights });
    return new ForumScreens(story, forum, talk, ana, beto, clara, devices);
  }

  /** The address of a page of the forum: of a thread, or of a path below it. */
  at(what: string | Pick<Thread, 'id' | 'slug'>, hash = ''): string {
    const path = typeof what === 'string' ? what : `/t/${what.id}/${what.slug}${hash}`;
    return `${this.story.server.url}/${this.story.slug}/forum${path}`;
  }

  /** A page on a device of somebody's own. */
  async open(person: Person, address: string): Promise<Page> {
    const page = await (await this.devices.signedIn(this.story, person)).newPage();
    await page.goto(address);
    return page;
  }
}

export function postOn(page: Page, number: number): Locator {
  return page.locator(`#p${number}`);
}

export function answerOn(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Tu respuesta' });
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Does one of the lesser things that can be done with a post. */
export async function pressMore(page: Page, number: number, name: string): Promise<void> {
  await press(page, `Más sobre el mensaje ${number}`);
  await press(page, name);
}

/** The id of what has the focus. */
export function focusedOn(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.id ?? '');
}
