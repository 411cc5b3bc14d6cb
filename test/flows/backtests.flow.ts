import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import {
  cancelBacktest,
  getBacktest,
  listBacktests,
  startBacktest,
  tryDraft,
} from '@verbena/shared/backtests/backtests.routes.js';
import { putMember } from '@verbena/shared/members/members.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { changeDraft, createDraft, type DraftPreview, publishDraft } from '@verbena/shared/programs/versions.routes.js';
import { aKey, aPurchase } from '#support/factories.js';
import { eventually } from '#support/eventually.js';
import { call, refusal } from '#support/http-call.js';
import { aMission } from '#support/small-program.js';
import { Story } from '#support/story.js';
import { verifyBooks } from '#support/verify-command.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

async function draftOf(story: Story, change: (definitions: Definitions) => void): Promise<DraftPreview> {
  const params = { program: story.slug };
  const begun = await call(server.local, createDraft, { params, body: { name: aKey('borrador') } });
  const definitions = structuredClone(begun.definitions);
  change(definitions);
  return call(server.local, changeDraft, {
    params: { ...params, draft: begun.id },
    body: { edit: begun.edit, definitions },
  });
}

const doubled = ({ rules }: Definitions) => {
  const [purchase] = rules;
  if (purchase?.earn[0] !== undefined) purchase.earn[0].amount.product[1] = { ratio: [2, 100] };
};

/** A rule that counts what nobody counted before. */
const withThirdTime = (definitions: Definitions) => {
  definitions.rules.push({
    id: 'tercera',
    rev: 1,
    name: { es: 'A la tercera', en: 'Third time' },
    on: { activity: 'purchase' },
    when: { count: { activity: 'purchase', window: { days: 30 } }, op: 'gte', value: 3 },
    earn: [{ currency: 'puntos', amount: { product: [{ ratio: [40, 1] }] } }],
    zone: 'program',
  });
};

describe('backtests', () => {
  test('D7 G8 #35 a draft over the past of everybody: who wins, what each day costs, who moves, what becomes impossible; nothing is written', async () => {
    const story = await Story.begin(server);
    const [ana, ben, cai] = [aKey('tarjeta'), aKey('tarjeta'), aKey('tarjeta')];
    for (const day of ['2026-11-02', '2026-11-03'])
      await story.record(aPurchase({ externalId: ana, totalMinor: 20_000, occurredAt: `${day}T10:00:00Z` }));
    for (let count = 0; count < 10; count += 1)
      await story.record(
        aPurchase({ externalId: ben, totalMinor: 100, occurredAt: `2026-11-0${1 + (count % 9)}T10:00:00Z` }),
      );
    await story.record(aPurchase({ externalId: cai, totalMinor: 0, occurredAt: NOW }));
    // Reports call people as the rest of the console does: by name.
    const names = { name: 'Ana Ruiz', alias: 'Luna' };
    await call(server.local, putMember, { params: story.member(ana), body: names });
    const before = await Promise.all([ana, ben, cai].map((member) => story.journal(member)));
    const draft = await draftOf(story, (definitions) => {
      doubled(definitions);
      const [visits] = definitions.missions;
      if (visits !== undefined) visits.goal = { kind: 'count', target: 40, per: 'month' };
    });
    const params = { program: story.slug, draft: draft.id };
    const { id, status, progress } = await call(server.local, startBacktest, { params });
    expect({ status, progress }).toEqual({
      status: 'waiting',
      progress: { members: 0, total: 3, entries: 0, share: 0, again: null },
    });
    expect(await refusal(server.local, startBacktest, { params })).toMatchObject({
      status: 409,
      code: 'backtest.running',
    });
    const at = { params: { program: story.slug, backtest: id } };
    await eventually(async () => (await call(server.local, getBacktest, at)).status === 'done', {
      withinMs: 90_000,
      until: 'both parts have gone through the past',
    });
    const { report, progress: done } = await call(server.local, getBacktest, at);
    expect(done).toEqual({ members: 3, total: 3, entries: 13, share: 1, again: null });
    expect(report).toMatchObject({
      members: 3,
      entries: 13,
      currency: 'puntos',
      // Ana's 400 points become 800; Ben's eleven, one purchase being on a Wednesday, 22 without the mission's hundred.
      issued: { live: 511, draft: 822 },
      winners: 1,
      losers: 1,
      same: 1,
      topWinners: [{ live: 400, draft: 800, called: 'Ana Ruiz' }],
      topLosers: [{ live: 111, draft: 22 }],
      refused: { live: 0, draft: 0 },
      skipped: 0,
      undecided: [],
      undecidedCount: 0,
    });
    expect(report?.days.slice(1, 3)).toEqual([
      { date: '2026-11-02', live: 201, draft: 402 },
      { date: '2026-11-03', live: 201, draft: 402 },
    ]);
    expect(report?.tiers).toEqual([
      { from: 'socio', to: 'socio', members: 2 },
      { from: 'socio', to: 'plata', members: 1 },
    ]);
    expect(report?.missions.find((mission) => mission.id === 'diez-visitas')).toEqual({
      id: 'diez-visitas',
      live: 1,
      draft: 0,
      isImpossible: true,
    });
    expect(await Promise.all([ana, ben, cai].map((member) => story.journal(member)))).toEqual(before);
    expect(await refusal(server.local, cancelBacktest, at)).toMatchObject({ status: 409, code: 'backtest.ended' });
    const { items } = await call(server.local, listBacktests, { params });
    expect(items.map((item) => [item.id, item.status, item.edit])).toEqual([[id, 'done', draft.edit]]);
  });

  test('D7 C8 E5 a draft that shares something for the first time: who went without, on which day it ran out, and what a return refills', async () => {
    const permissions = ['activities.write', 'activities.read', 'activities.reverse', 'members.read'] as const;
    const story = await Story.begin(server, { key: { permissions: [...permissions] } });
    const [ana, ben, cai] = [aKey('tarjeta'), aKey('tarjeta'), aKey('tarjeta')];
    const buy = (externalId: string, day: string) =>
      story.record(aPurchase({ externalId, totalMinor: 6_000, occurredAt: `${day}T10:00:00Z` }));
    const first = await buy(ana, '2026-11-02');
    await buy(ben, '2026-11-03');
    await call(story.shop, reverseActivity, {
      params: { program: story.slug, key: first.key },
      body: { key: aKey('devolver'), reason: 'Una devolución' },
    });
    // 90 of 150 are left: 60 for Cai, a part of 30 for Ana, nothing for Ben.
    await buy(cai, '2026-11-05');
    await buy(ana, '2026-11-06');
    await buy(ben, '2026-11-07');
    const budget = { limit: 150, per: 'month', whenShort: 'partial' } as const;
    const draft = await draftOf(story, (definitions) => {
      const earning = definitions.rules.find(({ id }) => id === 'compra')?.earn[0];
      if (earning === undefined) throw new Error('The preset has no rule compra.');
      // Without the boost, so that no weekday changes what is expected.
      earning.amount.product = [{ field: 'totalMinor' }, { ratio: [1, 100] }];
      earning.budget = budget;
      definitions.missions.push(
        aMission({
          id: 'primeros',
          on: { activity: 'purchase' },
          goal: { kind: 'count', target: 1, per: 'ever' },
          budget: { limit: 2, per: 'ever' },
        }),
      );
    });
    const params = { program: story.slug, draft: draft.id };
    const { id } = await call(server.local, startBacktest, { params });
    const at = { params: { program: story.slug, backtest: id } };
    const shares: number[] = [];
    await eventually(
      async () => {
        const { status, progress } = await call(server.local, getBacktest, at);
        shares.push(progress.share);
        return !['waiting', 'running'].includes(status);
      },
      { withinMs: 120_000, until: 'everybody is settled' },
    );
    const { report, progress } = await call(server.local, getBacktest, at);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(progress).toMatchObject({ members: 3, total: 3, share: 1, again: null });
    expect(report).toMatchObject({ members: 3, undecidedCount: 0, unsettledCount: 0, rounds: expect.any(Number) });
    expect(report?.rounds).toBeGreaterThan(0);
    const [rule, mission] = report?.budgets ?? [];
    expect(rule).toMatchObject({
      budget: 'rule:compra',
      limit: 150,
      per: 'month',
      whenShort: 'partial',
      asked: 300,
      given: { live: 0, draft: 150 },
      givenBack: 60,
      partly: { members: 1, activities: 1 },
      without: { members: 1, activities: 1 },
      periodsCount: 1,
      ranOutCount: 1,
      periods: [{ period: '2026-11', ranOut: '2026-11-06' }],
    });
    // The first purchase was taken back with its place, so Cai had it; when Ana bought again, none was left.
    expect(mission).toMatchObject({
      budget: 'mission:primeros',
      currency: null,
      limit: 2,
      given: { draft: 2 },
      without: { members: 1 },
      periods: [{ period: 'ever', ranOut: '2026-11-03' }],
    });
    expect(report?.missions.find((one) => one.id === 'primeros')).toMatchObject({ live: 0, draft: 2 });
    expect((await story.standing(ben)).balances).toMatchObject({ puntos: expect.any(Number) });
  });

  test('D7 one that is stopped stays stopped, and the draft can be tried again', async () => {
    const story = await Story.begin(server);
    await story.record(aPurchase({ occurredAt: NOW }));
    const draft = await draftOf(story, doubled);
    const params = { program: story.slug, draft: draft.id };
    const { id } = await call(server.local, startBacktest, { params });
    const at = { params: { program: story.slug, backtest: id } };
    expect(await call(server.local, cancelBacktest, at)).toMatchObject({ status: 'cancelled', report: null });
    expect(await refusal(server.local, cancelBacktest, at)).toMatchObject({ code: 'backtest.ended' });
    const again = await call(server.local, startBacktest, { params });
    await eventually(
      async () =>
        (await call(server.local, getBacktest, { params: { program: story.slug, backtest: again.id } })).status ===
        'done',
      { withinMs: 90_000, until: 'the second one is done' },
    );
    expect((await call(server.local, getBacktest, at)).status).toBe('cancelled');
    const none = { params: { program: story.slug, backtest: draft.id } };
    for (const route of [getBacktest, cancelBacktest])
      expect(await refusal(server.local, route, none)).toMatchObject({ status: 404, code: 'backtest.notFound' });
  });

  test('D7 C8 one that is stopped while it settles stays stopped too', async () => {
    const story = await Story.begin(server);
    await story.record(aPurchase({ occurredAt: NOW }));
    const draft = await draftOf(story, ({ rules }) => {
      if (rules[0]?.earn[0] !== undefined) rules[0].earn[0].budget = { limit: 1, per: 'ever', whenShort: 'nothing' };
    });
    const { id } = await call(server.local, startBacktest, { params: { program: story.slug, draft: draft.id } });
    const at = { params: { program: story.slug, backtest: id } };
    await eventually(async () => (await call(server.local, getBacktest, at)).progress.share >= 0.5, {
      withinMs: 90_000,
      until: 'everybody was gone through once',
    });
    expect(await call(server.local, cancelBacktest, at)).toMatchObject({ status: 'cancelled', report: null });
    // Another may begin at once; it waits for the workers behind what is left of the first.
    const again = await call(server.local, startBacktest, { params: { program: story.slug, draft: draft.id } });
    const second = { params: { program: story.slug, backtest: again.id } };
    await eventually(async () => (await call(server.local, getBacktest, second)).progress.members === 1, {
      withinMs: 90_000,
      until: 'the second one goes through the past',
    });
    await call(server.local, cancelBacktest, second);
    expect(await call(server.local, getBacktest, at)).toMatchObject({ status: 'cancelled', report: null });
  });

  test('D7 a draft that does not fit together is not run', async () => {
    const story = await Story.begin(server);
    const draft = await draftOf(story, ({ rules }) => {
      if (rules[2]?.earn[0] !== undefined) rules[2].earn[0].currency = 'monedas';
    });
    const answer = await refusal(server.local, startBacktest, { params: { program: story.slug, draft: draft.id } });
    expect(answer).toMatchObject({ status: 422, code: 'definitions.invalid' });
  });

  test('D7 the books of everybody, over several versions, decided again to the last hash', async () => {
    const permissions = ['activities.write', 'activities.read', 'activities.reverse', 'members.read'] as const;
    const story = await Story.begin(server, { key: { permissions: [...permissions] } });
    const externalId = aKey('tarjeta');
    const buy = () => story.record(aPurchase({ externalId, totalMinor: 5_000, occurredAt: NOW }));
    const first = await buy();
    for (const change of [doubled, withThirdTime]) {
      const draft = await draftOf(story, change);
      await call(server.local, publishDraft, {
        params: { program: story.slug, draft: draft.id },
        body: { edit: draft.edit },
      });
      await buy();
    }
    await call(story.shop, reverseActivity, {
      params: { program: story.slug, key: first.key },
      body: { key: aKey('devolver'), reason: 'Una devolución' },
    });
    const { code, text } = await verifyBooks(server, ['--program', story.slug, '--replay']);
    expect({ code, text }).toMatchObject({ code: 0 });
    // Three purchases, what the counting rule wanted to know of the past, and the return.
    expect(text).toContain('5 entries of 1 member decided again.');
  });

  test('D3 one activity under the draft and under what is in force, now, later and earlier, typed or of the journal; nothing is written', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    await story.record(aPurchase({ externalId, totalMinor: 60_000, occurredAt: '2026-11-02T10:00:00Z' }));
    await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: NOW }));
    const draft = await draftOf(story, doubled);
    const params = { program: story.slug, draft: draft.id };
    const member = `ext:${externalId}`;
    // As a member of staff names it: the key's own names are the program's.
    const attempt = (activity: object, now?: string) =>
      call(server.local, tryDraft, {
        params,
        body: { member, activity: activity as { seq: number }, ...(now === undefined ? {} : { now }) },
      });
    const amounts = (side: { entries: readonly { lines: readonly { amount: number }[] }[] }) =>
      side.entries.map(({ lines }) => lines.map(({ amount }) => amount));
    const purchase = { type: 'purchase', attributes: { totalMinor: 10_000 } };
    const now = await attempt(purchase);
    // Silver since the first purchase: times 1.10.
    expect([amounts(now.live), amounts(now.draft)]).toEqual([[[110]], [[220]]]);
    expect(now.draft.entries[0]?.receipt.fired[0]).toMatchObject({ kind: 'rule', id: 'compra', rev: 2, amount: 220 });
    const wednesday = await attempt(purchase, '2026-11-25T10:00:00Z');
    expect([amounts(wednesday.live), amounts(wednesday.draft)]).toEqual([[[220]], [[440]]]);
    // Two years on, time alone has taken the points and the tier.
    const later = await attempt(purchase, '2028-11-20T10:00:00Z');
    expect(later.live.entries.map(({ cause }) => cause.type)).toContain('clock.struck');
    expect(later.live.entries.at(-1)?.lines.at(-1)).toMatchObject({ kind: 'earn' });
    const recorded = await attempt({ seq: 2 });
    expect([amounts(recorded.live), amounts(recorded.draft)]).toEqual([[[11]], [[22]]]);
    expect(await refusal(server.local, tryDraft, { params, body: { member, activity: { seq: 9 } } })).toMatchObject({
      code: 'entry.notFound',
    });
    expect(
      await refusal(server.local, tryDraft, { params, body: { member, activity: { type: 'paseo' } } }),
    ).toMatchObject({ status: 422, code: 'activity.unknownType', fields: [{ path: ['activity', 'type'] }] });
    expect(
      await refusal(server.local, tryDraft, { params, body: { member, activity: { type: 'purchase' } } }),
    ).toMatchObject({ status: 400, fields: [{ path: ['activity', 'attributes', 'totalMinor'] }] });
    expect(await story.journal(externalId)).toHaveLength(2);
  });
});
