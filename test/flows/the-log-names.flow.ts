import { recordByHand, returnByHand, undoByHand } from '@verbena/shared/activities/activities.routes.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { withdrawBadge } from '@verbena/shared/badges/badges.routes.js';
import { getEntry } from '@verbena/shared/ledger/ledger.routes.js';
import { adjustPoints } from '@verbena/shared/points/points.routes.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const reason = 'Compensación';

test('#11 A11 C6 whatever the team gives, takes or undoes by hand has a line: who, for whom, how much and why', async () => {
  const story = await Story.begin(server);
  const [marta, lucia] = [await story.person('manager'), await story.person()];
  const params = { program: story.slug, member: lucia.member ?? '' };
  const key = () => aKey('mano');
  const at = (seq: number) => ({ ...params, seq: String(seq) });
  await call(marta.caller, adjustPoints, { params, body: { key: key(), currency: 'puntos', amount: 50, reason } });
  await call(marta.caller, adjustPoints, { params, body: { key: key(), currency: 'puntos', amount: -20, reason } });
  const { attributes } = aPurchase({ totalMinor: 1_000 });
  const bought = await call(marta.caller, recordByHand, {
    params,
    body: { key: key(), type: 'purchase', reason, ...(attributes === undefined ? {} : { attributes }) },
  });
  const seq = 'seq' in bought ? bought.seq : 0;
  const { note } = await call(marta.caller, getEntry, { params: at(seq) });
  expect(note).toEqual({ reason, by: marta.name });
  expect((await call(lucia.caller, getEntry, { params: { ...at(seq), member: 'me' } })).note).toEqual({ reason });
  await call(marta.caller, withdrawBadge, {
    params: { ...params, badge: 'primera-compra' },
    body: { reason },
  });
  await call(marta.caller, undoByHand, { params: at(seq), body: { key: key(), reason } });
  const { seq: sold } = await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 2_000 }));
  await call(marta.caller, returnByHand, { params: at(sold), body: { key: key(), reason } });
  const { items } = await call(marta.caller, listAuditEntries, { params: { program: story.slug } });
  const own = items.filter(({ actor, subject }) => actor.id === marta.user && subject.kind === 'member').toReversed();
  expect(own.map(({ action }) => action)).toEqual([
    'points.adjusted',
    'points.adjusted',
    'activity.recorded',
    'badge.withdrawn',
    'activity.undone',
    'activity.returned',
  ]);
  for (const { actor, subject, after } of own) {
    expect([actor.name, subject]).toEqual([
      marta.name,
      { kind: 'member', id: lucia.member, name: expect.any(String) as string },
    ]);
    expect(after).toMatchObject({ reason });
  }
  expect(own.slice(0, 2).map(({ after }) => after)).toMatchObject([{ amount: 50 }, { amount: -20 }]);
});
