import { aKey, aPurchase } from '#support/factories.js';
import { eventually } from '#support/eventually.js';
import { readLedger } from '#support/journal-reader.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';
const TODAY = '2026-11-20T09:00:00Z';

/** Each test moves time, so each has a server of its own. */
let server: TestServer;
beforeEach(async () => {
  server = await startServer({ clock: NOW });
});
afterEach(() => server?.stop());

describe('time passes', () => {
  test('points expire by themselves, at midnight after their last day, in one entry', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId, totalMinor: 5_000, occurredAt: TODAY }));
    await server.moveClock('2027-11-20T22:59:00.000Z');
    await story.record(aPurchase({ externalId, totalMinor: 700, occurredAt: '2027-11-20T12:00:00Z' }));
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 57 });
    await server.moveClock('2027-11-20T23:00:01.000Z');
    await eventually(async () => (await story.standing(externalId)).balances['puntos'] === 7, {
      until: 'the clock strikes for what expired',
    });
    const journal = await story.journal(externalId);
    expect(journal.map(({ cause }) => cause.type)).toEqual(['purchase', 'purchase', 'clock.struck']);
    expect(journal[2]).toMatchObject({
      cause: { source: 'clock', occurredAt: '2027-11-20T23:00:00.000Z' },
      lines: [{ kind: 'expire', amount: -50, currency: 'puntos' }],
    });
  });

  test('a tier ends with the year after, one step down, and says so', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId, totalMinor: 160_000, occurredAt: TODAY }));
    expect((await story.standing(externalId)).tier).toMatchObject({ id: 'oro', until: '2027-12-31' });
    await server.moveClock('2028-01-01T00:00:00.000Z');
    await eventually(async () => (await story.standing(externalId)).tier?.id === 'plata', {
      until: 'the clock strikes for the tier',
    });
    expect((await story.standing(externalId)).tier).toMatchObject({ id: 'plata', until: '2028-12-31' });
    const journal = await story.journal(externalId);
    const moved = journal.flatMap(({ effects }) => effects).filter(({ type }) => type === 'tier.moved');
    expect(moved).toMatchObject([
      { from: 'socio', to: 'oro', direction: 'up' },
      { from: 'oro', to: 'plata', direction: 'down' },
    ]);
  });

  test('the sweep and an activity that race settle what is due exactly once', async () => {
    const story = await Story.begin(server);
    const members = Array.from({ length: 40 }, () => aKey('tarjeta'));
    await Promise.all(
      members.map((externalId) => story.record(aPurchase({ externalId, totalMinor: 5_000, occurredAt: TODAY }))),
    );
    await server.moveClock('2027-11-22T10:00:00.000Z');
    const results = await Promise.all(
      members.map((externalId) =>
        story.record(aPurchase({ externalId, totalMinor: 300, occurredAt: '2027-11-22T09:00:00Z' })),
      ),
    );
    // Nobody has an expired point, however late the sweep was.
    expect(new Set(results.map(({ balances }) => balances['puntos']))).toEqual(new Set([3]));
    for (const externalId of members) {
      const journal = await story.journal(externalId);
      expect(journal.map(({ cause }) => cause.type)).toEqual(['purchase', 'clock.struck', 'purchase']);
    }
    expect((await readLedger(server.mongodbUri, server.database)).breaches).toEqual([]);
  });

  test('on program time `activities` nothing falls due by itself', async () => {
    const story = await Story.begin(server, { program: { time: 'activities' } });
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId, totalMinor: 5_000, occurredAt: '2026-03-02T12:00:00Z' }));
    const other = await Story.begin(server);
    const control = aKey('tarjeta');
    await other.record(aPurchase({ externalId: control, totalMinor: 5_000, occurredAt: '2026-03-02T12:00:00Z' }));
    await server.moveClock('2027-11-22T10:00:00.000Z');
    await eventually(async () => (await other.standing(control)).balances['puntos'] === 0, {
      until: 'the sweep went over everybody',
    });
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 50 });
    // Its own later activity is what moves its clock.
    await story.record(aPurchase({ externalId, totalMinor: 100, occurredAt: '2027-03-08T12:00:00Z' }));
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 1 });
  });
});
