import type { Page } from 'playwright-core';
import { getBoard } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { changeProfile, type ProfileChange } from '@verbena/shared/members/members.routes.js';
import { Devices, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

// A Thursday and the Friday after it: one week, and points count once on both.
const THURSDAY = '2026-11-19T10:00:00.000Z';
const FRIDAY = '2026-11-20T10:00:00.000Z';
const NEXT_TUESDAY = '2026-11-24T10:00:00.000Z';
const PHONE = { viewport: { width: 390, height: 844 } };

let server: TestServer;
let devices: Devices;
beforeAll(async () => {
  [server, devices] = await Promise.all([startServer({ clock: THURSDAY }), Devices.open()]);
});
beforeEach(() => server.moveClock(THURSDAY));
afterEach(() => devices?.closeAll());
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

async function somebody(story: Story, change: ProfileChange): Promise<Person> {
  const person = await story.person();
  await call(person.caller, changeProfile, { params: { program: story.slug, member: 'me' }, body: change });
  return person;
}

/** Euros are points on these days. */
const buy = (story: Story, { externalId }: Person, points: number, occurredAt: string) =>
  story.record(aPurchase({ externalId, totalMinor: points * 100, occurredAt }));

/** Two stand on the board; then the day turns, and the boards have noted where they stood. */
async function nextMorning(story: Story, one: Person): Promise<void> {
  const params = { program: story.slug, board: 'semana' };
  await eventually(async () => (await call(one.caller, getBoard, { params })).total === 2);
  await server.moveClock(FRIDAY);
  const { caller } = await story.logIn(one);
  await eventually(
    async () => {
      const { rows } = await call(caller, getBoard, { params });
      expect(rows.map(({ movement }) => movement)).toEqual(rows.map(() => 0));
      return true;
    },
    { withinMs: 60_000, until: 'the places of the last midnight are noted' },
  );
}

async function openBoard(page: Page, story: Story, board = 'semana'): Promise<void> {
  await page.goto(`${server.url}/${story.slug}/boards/${board}`);
  await page.locator('[data-live=true]').waitFor();
  await page.evaluate(() => (window.mark = 'the same page'));
}

/** The rows of the main table: rank, name, movement in words, score. */
const rowsOf = (page: Page) =>
  page
    .locator('[data-board-rows] tbody')
    .last()
    .locator('tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children]
          .map((cell) => (cell instanceof HTMLElement ? cell.innerText : '').split('\n')[0]?.trim() ?? '')
          .filter((text) => text !== ''),
      ),
    );

const namesOn = async (page: Page) => (await rowsOf(page)).map(([, name]) => name);
const shows = (page: Page, names: readonly string[], until: string) =>
  eventually(async () => JSON.stringify(await namesOn(page)) === JSON.stringify(names), { withinMs: 15_000, until });
const ownPlace = (page: Page) => page.locator('[data-own-place]').getAttribute('data-own-place');

describe('the board moves', () => {
  test('H4 one passes the other while both look: places, arrows and distances change on both screens, without a reload', async () => {
    const story = await Story.begin(server);
    const [ana, luz] = [await somebody(story, { alias: 'Ana' }), await somebody(story, { alias: 'Luz' })];
    await buy(story, luz, 100, THURSDAY);
    await buy(story, ana, 60, THURSDAY);
    await nextMorning(story, ana);
    const phone = await (await devices.signedIn(story, ana, PHONE)).newPage();
    const laptop = await (await devices.signedIn(story, luz)).newPage();
    await openBoard(phone, story);
    await openBoard(laptop, story);
    expect(await namesOn(phone)).toEqual(['Luz', 'Ana']);
    expect(await ownPlace(phone)).toBe('2');
    const [first] = (await rowsOf(phone)) as [string[], string[]];
    const score = Number(first.at(-1)?.replaceAll(/\D/g, ''));
    expect(score).toBeGreaterThan(0);
    expect(await phone.locator('[data-to-next]').innerText()).toMatch(/^Te faltan? \d+ puntos? para pasar a Luz$/);

    await buy(story, ana, 75, FRIDAY);
    for (const page of [phone, laptop]) await shows(page, ['Ana', 'Luz'], 'Ana stands above Luz');
    await eventually(async () => (await ownPlace(phone)) === '1' && (await ownPlace(laptop)) === '2');
    expect(await phone.locator('[data-own-place]').innerText()).toContain('Vas por delante de todo el mundo');
    expect(await laptop.locator('[data-to-next]').innerText()).toContain('para pasar a Ana');
    const movements = await laptop.locator('[data-board-rows] tbody .visually-hidden').allInnerTexts();
    expect(movements).toEqual(['sube 1 puesto hoy', 'baja 1 puesto hoy']);
    // Whose row is one's own is said, not only coloured.
    expect(await laptop.locator('[data-board-rows] tr[aria-current=true]').innerText()).toContain('Tú');
    for (const page of [phone, laptop]) expect(await page.evaluate(() => window.mark)).toBe('the same page');
    // Each is told of its own place, and of nobody else's.
    await eventually(async () =>
      (await shownOn(phone)).spoken.some((text) => text.includes('Ahora estás en el puesto 1')),
    );
    await eventually(async () =>
      (await shownOn(laptop)).spoken.some((text) => text.includes('Ahora estás en el puesto 2')),
    );
    expect((await shownOn(laptop)).spoken.join(' ')).not.toContain('puesto 1');
  });

  test('#79 paused, nothing moves and nothing is followed; going on shows what happened meanwhile', async () => {
    const story = await Story.begin(server);
    const [ana, luz] = [await somebody(story, { alias: 'Ana' }), await somebody(story, { alias: 'Luz' })];
    await buy(story, luz, 100, THURSDAY);
    await buy(story, ana, 60, THURSDAY);
    const laptop = await (await devices.signedIn(story, luz)).newPage();
    const phone = await (await devices.signedIn(story, ana, PHONE)).newPage();
    await openBoard(laptop, story);
    await openBoard(phone, story);
    await laptop.getByRole('button', { name: 'Pausar los cambios en directo' }).click();
    await laptop.locator('[data-live=paused]').waitFor();
    expect(await laptop.locator('[data-live]').innerText()).toContain('En pausa desde las');
    await buy(story, ana, 75, THURSDAY);
    // The other screen shows that it has happened.
    await shows(phone, ['Ana', 'Luz'], 'the phone moves');
    expect(await namesOn(laptop)).toEqual(['Luz', 'Ana']);
    await laptop.getByRole('button', { name: 'Reanudar los cambios en directo' }).click();
    await shows(laptop, ['Ana', 'Luz'], 'the laptop has caught up');
    await buy(story, luz, 200, THURSDAY);
    await shows(laptop, ['Luz', 'Ana'], 'and is live again');
    expect(await laptop.evaluate(() => window.mark)).toBe('the same page');
  });

  test('#59 offline and back: the board says so, and then what it missed', async () => {
    const story = await Story.begin(server);
    const [ana, luz] = [await somebody(story, { alias: 'Ana' }), await somebody(story, { alias: 'Luz' })];
    await buy(story, luz, 100, THURSDAY);
    await buy(story, ana, 60, THURSDAY);
    const context = await devices.signedIn(story, luz);
    const page = await context.newPage();
    await openBoard(page, story);
    await context.setOffline(true);
    await page.getByText(/^Sin conexión\. Datos de las \d\d:\d\d\.$/).waitFor();
    await buy(story, ana, 75, THURSDAY);
    expect(await namesOn(page)).toEqual(['Luz', 'Ana']);
    await context.setOffline(false);
    await shows(page, ['Ana', 'Luz'], 'the board has caught up');
    await page.locator('[data-live=true]').waitFor();
    expect(await page.evaluate(() => window.mark)).toBe('the same page');
  });

  test('H4 one’s own award moves one at once, also from having no place', async () => {
    const story = await Story.begin(server);
    const [ana, luz] = [await somebody(story, { alias: 'Ana' }), await somebody(story, { alias: 'Luz' })];
    await buy(story, luz, 100, THURSDAY);
    const page = await (await devices.signedIn(story, ana, PHONE)).newPage();
    await openBoard(page, story);
    expect(await ownPlace(page)).toBe('none');
    expect(await page.locator('[data-own-place]').innerText()).toContain('Todavía no tienes puntos esta semana');
    await buy(story, ana, 20, THURSDAY);
    await eventually(async () => (await ownPlace(page)) === '2', { withinMs: 5_000 });
    await shows(page, ['Luz', 'Ana'], 'the row is there');
  });

  test('A3 who hides sees its score and no place; the others do not see it at all', async () => {
    const story = await Story.begin(server);
    const [shy, luz] = [
      await somebody(story, { alias: 'Callada', boards: 'hidden' }),
      await somebody(story, { alias: 'Luz' }),
    ];
    await buy(story, luz, 100, THURSDAY);
    await buy(story, shy, 300, THURSDAY);
    const page = await (await devices.signedIn(story, shy)).newPage();
    await openBoard(page, story);
    expect(await ownPlace(page)).toBe('hidden');
    await page.getByText('No apareces en las clasificaciones').waitFor();
    const link = page.getByRole('link', { name: 'Aparecer en las clasificaciones' });
    expect(await link.getAttribute('href')).toBe(`/${story.slug}/me`);
    expect(await namesOn(page)).toEqual(['Luz']);
    const other = await (await devices.signedIn(story, luz)).newPage();
    await openBoard(other, story);
    expect(await other.locator('body').innerText()).not.toContain('Callada');
  });

  test('H1 a closed week says when it closed, is never live, and leads on', async () => {
    const story = await Story.begin(server);
    const ana = await somebody(story, { alias: 'Ana' });
    await buy(story, ana, 60, THURSDAY);
    await server.moveClock(NEXT_TUESDAY);
    const { caller } = await story.logIn(ana);
    await eventually(
      async () => {
        const params = { program: story.slug, board: 'semana' };
        return (await call(caller, getBoard, { params, query: { run: '2026-W47' } })).run.closedAt !== null;
      },
      { withinMs: 60_000, until: 'the week is closed' },
    );
    const page = await (await devices.signedIn(story, ana)).newPage();
    await openBoard(page, story);
    await page.getByText('Nadie tiene puntos esta semana').waitFor();
    await page.getByRole('link', { name: 'Anterior' }).click();
    await page.getByRole('heading', { name: 'Semana del 16 al 22 de noviembre' }).waitFor();
    await page.getByText(/Cerrada el 2\d de noviembre de 2026/).waitFor();
    expect(await page.locator('[data-live]').count()).toBe(0);
    expect(await page.locator('[data-own-place]').innerText()).toContain('Acabaste en el puesto 1');
    expect(await namesOn(page)).toEqual(['Ana']);
    await page.getByRole('link', { name: 'Ir a la actual' }).click();
    await page.locator('[data-live=true]').waitFor();
  });

  test('#83 with less motion asked for, rows change places without moving there', async () => {
    const story = await Story.begin(server);
    const [ana, luz] = [await somebody(story, { alias: 'Ana' }), await somebody(story, { alias: 'Luz' })];
    await buy(story, luz, 100, THURSDAY);
    await buy(story, ana, 60, THURSDAY);
    const still = await (await devices.signedIn(story, luz, { reducedMotion: 'reduce' })).newPage();
    const moving = await (await devices.signedIn(story, ana)).newPage();
    for (const page of [still, moving]) {
      await openBoard(page, story);
      await page.evaluate(() => {
        const isRow = ({ effect }: Animation) =>
          effect instanceof KeyframeEffect && effect.target instanceof HTMLTableRowElement;
        const look = () => {
          if (document.getAnimations().some(isRow)) window.mark = 'a row has moved';
          requestAnimationFrame(look);
        };
        look();
      });
    }
    await buy(story, ana, 75, THURSDAY);
    for (const page of [still, moving]) await shows(page, ['Ana', 'Luz'], 'Ana stands above Luz');
    await eventually(async () => (await moving.evaluate(() => window.mark)) === 'a row has moved');
    expect(await still.evaluate(() => window.mark)).toBe('the same page');
  });
});
