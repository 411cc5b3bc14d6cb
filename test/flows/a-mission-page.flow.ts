import { getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { getMission, type MissionPage } from '@verbena/shared/missions/missions.routes.js';
import { aKey, aPurchase, DEPARTMENTS } from '#support/factories.js';
import { call, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

/** Friday of ISO week 47. */
const NOW = '2026-11-20T10:00:00.000Z';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

const pageOf = (story: Story, externalId: string, mission: string): Promise<MissionPage> =>
  call(story.shop, getMission, { params: { ...story.member(externalId), mission } });

const on = (day: string) => `2026-11-${day}T10:00:00Z`;

describe('a mission page', () => {
  test('E1 a count: what counted in this period and only that, newest first, with shop and completion', async () => {
    const story = await Story.begin(server);
    const { externalId } = await story.person();
    const before = await pageOf(story, externalId, 'diez-visitas');
    expect(before).toMatchObject({
      seq: 0,
      card: { progress: 0, target: 10, period: '2026-11', endsOn: '2026-11-30', done: false },
      definition: {
        id: 'diez-visitas',
        on: { activity: 'purchase' },
        goal: { kind: 'count', target: 10, per: 'month' },
      },
      evidence: [],
      items: [],
      weeks: [],
      completedAt: [],
    });
    // October is another period: it counts there, and is no evidence for November.
    await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: '2026-10-30T10:00:00Z' }));
    for (let count = 0; count < 11; count += 1)
      await story.record(
        aPurchase({ externalId, totalMinor: 1_000, attributes: { store: 'Librería Nube' }, occurredAt: on('10') }),
      );
    const page = await pageOf(story, externalId, 'diez-visitas');
    expect(page.card).toMatchObject({ progress: 10, done: true, completions: 1 });
    // The eleventh came too late to count.
    expect(page.evidence.map(({ seq }) => seq)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    expect(page.evidence[0]).toMatchObject({
      type: 'purchase',
      occurredAt: '2026-11-10T10:00:00.000Z',
      attributes: { store: 'Librería Nube' },
      completed: true,
      reversed: false,
    });
    expect(page.evidence.slice(1).some(({ completed }) => completed)).toBe(false);
    expect(page.completedAt).toEqual([{ seq: 11, at: '2026-11-10T10:00:00.000Z' }]);
    expect(page.seq).toBe(12);
  });

  test('E1 distinct values: each with the purchase that brought it, and one that brought none is no evidence', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId, departments: DEPARTMENTS.slice(0, 3), occurredAt: on('16') }));
    await story.record(aPurchase({ externalId, departments: DEPARTMENTS.slice(1, 3), occurredAt: on('17') }));
    await story.record(aPurchase({ externalId, departments: DEPARTMENTS.slice(2, 5), occurredAt: on('18') }));
    const page = await pageOf(story, externalId, 'ocho-secciones');
    expect(page.card).toMatchObject({ progress: 5, target: 8 });
    expect([...page.items].sort()).toEqual([...DEPARTMENTS.slice(0, 5)].sort());
    expect(page.evidence.map(({ seq, items }) => [seq, items?.toSorted()])).toEqual([
      [3, DEPARTMENTS.slice(3, 5).toSorted()],
      [1, DEPARTMENTS.slice(0, 3).toSorted()],
    ]);
  });

  test('E1 a streak: its weeks in a row, one evidence each, and used weeks after a completion', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    for (const day of ['2026-10-27', '2026-11-03', '2026-11-04', '2026-11-10'])
      await story.record(aPurchase({ externalId, occurredAt: `${day}T10:00:00Z` }));
    const under = await pageOf(story, externalId, 'racha-semanal');
    expect(under.card).toMatchObject({ progress: 3, target: 4, endsOn: '2026-11-22' });
    expect(under.weeks).toEqual([
      { week: '2026-W44', state: 'free' },
      { week: '2026-W45', state: 'free' },
      { week: '2026-W46', state: 'free' },
      { week: '2026-W47', state: 'now' },
    ]);
    expect(under.evidence.map(({ seq }) => seq)).toEqual([4, 2, 1]);
    await story.record(aPurchase({ externalId, occurredAt: on('18') }));
    const over = await pageOf(story, externalId, 'racha-semanal');
    expect(over.card).toMatchObject({ progress: 0, completions: 1 });
    expect(over.weeks.map(({ state }) => state)).toEqual(['used', 'used', 'used', 'used']);
    expect(over.completedAt).toEqual([{ seq: 5, at: '2026-11-18T10:00:00.000Z' }]);
    expect(over.evidence[0]).toMatchObject({ seq: 5, completed: true });
  });

  test('F1 the standing says how far a badge that is counted has come, until it is held', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId, occurredAt: on('18') }));
    await story.record(aPurchase({ externalId, occurredAt: on('19') }));
    const standing = await call(story.shop, getStanding, { params: story.member(externalId) });
    expect(standing.badges.map(({ id }) => id)).toContain('primera-compra');
    expect(standing.badgeProgress).toMatchObject({ 'cliente-fiel': 2 });
    expect(standing.badgeProgress).not.toHaveProperty('primera-compra');
  });

  test('E1 a mission that is not there, and another member’s page, are refused', async () => {
    const story = await Story.begin(server);
    const [one, other] = [await story.person(), await story.person()];
    const params = { ...story.member(one.externalId), mission: 'no-hay' };
    expect(await refusal(story.shop, getMission, { params })).toMatchObject({ status: 404, code: 'mission.notFound' });
    const prototype = { ...params, mission: 'constructor' };
    expect(await refusal(story.shop, getMission, { params: prototype })).toMatchObject({ code: 'mission.notFound' });
    const foreign = { program: story.slug, member: other.member ?? '', mission: 'diez-visitas' };
    expect(await refusal(one.caller, getMission, { params: foreign })).toMatchObject({ code: 'auth.forbidden' });
    const own = { program: story.slug, member: 'me', mission: 'diez-visitas' };
    expect((await call(one.caller, getMission, { params: own })).card.progress).toBe(0);
  });
});
