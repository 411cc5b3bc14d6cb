import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { createLogin } from '@verbena/shared/members/members.routes.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import {
  changeProgram,
  getApproval,
  getDefinitions,
  putDefinitions,
} from '@verbena/shared/programs/programs.routes.js';
import {
  changeDraft,
  compareVersions,
  createDraft,
  deleteDraft,
  type DraftPreview,
  DRAFTS_MAX,
  getDraft,
  getTerms,
  getVersion,
  listDrafts,
  listVersions,
  planRevert,
  publishDraft,
  rebaseDraft,
  revertToVersion,
  reviewDraft,
  withdrawVersion,
} from '@verbena/shared/programs/versions.routes.js';
import { MongoClient } from 'mongodb';
import { aKey, aPurchase } from '#support/factories.js';
import { call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';
/** Ten whole days of notice later, at the first midnight in Madrid. */
const LATER = '2026-11-30T23:00:00.000Z';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

const params = (story: Story) => ({ program: story.slug });

async function draftOf(
  story: Story,
  change: (definitions: Definitions) => void,
  by: Caller = server.local,
): Promise<DraftPreview> {
  const begun = await call(by, createDraft, { params: params(story), body: { name: aKey('borrador') } });
  const definitions = structuredClone(begun.definitions);
  change(definitions);
  return edit(story, begun, definitions, by);
}

function edit(
  story: Story,
  draft: DraftPreview,
  definitions: Definitions,
  by: Caller = server.local,
): Promise<DraftPreview> {
  return call(by, changeDraft, {
    params: { ...params(story), draft: draft.id },
    body: { edit: draft.edit, definitions },
  });
}

function publish(
  story: Story,
  draft: DraftPreview,
  publication: { from?: string; day?: string; correction?: string } = {},
) {
  return call(server.local, publishDraft, {
    params: { ...params(story), draft: draft.id },
    body: { edit: draft.edit, ...publication },
  });
}

function refusedPublish(story: Story, draft: DraftPreview, publication: object = {}) {
  return refusal(server.local, publishDraft, {
    params: { ...params(story), draft: draft.id },
    body: { edit: draft.edit, ...publication },
  });
}

const ratioOf = (hundredths: number) => (definitions: Definitions) => {
  const rule = definitions.rules.find(({ id }) => id === 'compra');
  if (rule?.earn[0]?.amount.product[1] === undefined) throw new Error('The preset has no such rule.');
  rule.earn[0].amount.product[1] = { ratio: [hundredths, 100] };
};
const couponsGive = (points: number) => (definitions: Definitions) => {
  const rule = definitions.rules.find(({ id }) => id === 'cupon');
  if (rule?.earn[0] === undefined) throw new Error('The preset has no such rule.');
  rule.earn[0].amount.product = [{ ratio: [points, 1] }];
};
const visitsAsked = (target: number) => (definitions: Definitions) => {
  const mission = definitions.missions.find(({ id }) => id === 'diez-visitas');
  if (mission === undefined) throw new Error('The preset has no such mission.');
  mission.goal = { kind: 'count', target, per: 'month' };
};

async function earned(story: Story, at: string): Promise<number | undefined> {
  const { lines } = await story.record(aPurchase({ totalMinor: 1_000, occurredAt: at }));
  return lines[0]?.amount;
}

describe('versions', () => {
  test('D5 a draft is told in words, decides nobody until it is published, and can be taken back by a new version', async () => {
    const story = await Story.begin(server);
    const draft = await draftOf(story, ratioOf(2));
    expect(draft.changes.map(({ sentences }) => sentences.map(({ text }) => text.es))).toEqual([
      [expect.stringMatching(/^La regla «Compra» pasa de 1 punto por cada 1,00\s€.* a 2 puntos por cada 1,00\s€/)],
    ]);
    expect(draft).toMatchObject({ basedOn: 1, isBehind: false, problems: [], plan: { later: [], laterFrom: null } });
    expect(await earned(story, NOW)).toBe(10);
    expect((await publish(story, draft)).versions).toMatchObject([{ version: 2 }]);
    expect(await earned(story, NOW)).toBe(20);
    expect((await call(server.local, listDrafts, { params: params(story) })).items).toEqual([]);
    const back = await call(server.local, revertToVersion, { params: { ...params(story), version: '1' }, body: {} });
    expect(back.versions).toMatchObject([{ version: 3 }]);
    expect(await earned(story, NOW)).toBe(10);
    const { items } = await call(server.local, listVersions, { params: params(story) });
    expect(items.map(({ version, status, revertOf }) => [version, status, revertOf])).toEqual([
      [3, 'inForce', 1],
      [2, 'past', undefined],
      [1, 'past', undefined],
    ]);
    const { changes } = await call(server.local, compareVersions, {
      params: { ...params(story), version: '3' },
      query: { since: '1' },
    });
    expect(changes).toEqual([]);
    const audit = await call(server.local, listAuditEntries, { params: params(story) });
    expect(audit.items.slice(0, 4).map(({ action }) => action)).toEqual([
      'definitions.published',
      'definitions.published',
      'draft.changed',
      'draft.created',
    ]);
  });

  test('D5 a draft with problems keeps them with their places and cannot be published', async () => {
    const story = await Story.begin(server);
    const draft = await draftOf(story, ({ rules }) => {
      if (rules[2]?.earn[0] !== undefined) rules[2].earn[0].currency = 'monedas';
    });
    expect(draft.problems).toMatchObject([
      { path: ['rules', 2, 'earn', 0, 'currency'], code: 'definition.unknown.currencies' },
    ]);
    expect(await refusedPublish(story, draft)).toMatchObject({ status: 422, code: 'definitions.invalid' });
    expect((await call(server.local, getDraft, { params: { ...params(story), draft: draft.id } })).edit).toBe(2);
  });

  test('D5 onto a newer version it is refused, and rebased it keeps both sides’ changes and tells what both changed', async () => {
    const story = await Story.begin(server);
    const mine = await draftOf(story, (definitions) => {
      ratioOf(2)(definitions);
      couponsGive(30)(definitions);
    });
    const theirs = await draftOf(story, (definitions) => {
      visitsAsked(8)(definitions);
      couponsGive(40)(definitions);
    });
    await publish(story, theirs);
    expect(await refusedPublish(story, mine)).toMatchObject({
      status: 409,
      code: 'version.moved',
      params: { basedOn: 1, newest: 2 },
    });
    const rebased = await call(server.local, rebaseDraft, {
      params: { ...params(story), draft: mine.id },
      body: { edit: mine.edit },
    });
    expect(rebased.conflicts).toEqual([{ kind: 'rules', id: 'cupon' }]);
    expect(rebased.draft).toMatchObject({ basedOn: 2, isBehind: false });
    expect(rebased.draft.changes.map(({ id }) => id)).toEqual(['compra', 'cupon']);
    await publish(story, rebased.draft);
    const { definitions } = await call(server.local, getDefinitions, { params: params(story) });
    expect(definitions.missions[0]?.goal).toMatchObject({ target: 8 });
    expect(definitions.rules[2]?.earn[0]?.amount.product).toEqual([{ ratio: [30, 1] }]);
  });

  test('D5 two people at one draft: the second hears of it, names are taken once, and there is an end to drafts', async () => {
    const story = await Story.begin(server);
    const draft = await draftOf(story, ratioOf(2));
    await edit(story, draft, draft.definitions);
    const late = await refusal(server.local, changeDraft, {
      params: { ...params(story), draft: draft.id },
      body: { edit: draft.edit, name: 'Tarde' },
    });
    expect(late).toMatchObject({ status: 409, code: 'draft.changed' });
    expect(await refusedPublish(story, draft)).toMatchObject({ code: 'draft.changed' });
    const twice = await refusal(server.local, createDraft, { params: params(story), body: { name: draft.name } });
    expect(twice).toMatchObject({ status: 409, code: 'draft.nameTaken', fields: [{ path: ['name'] }] });
    for (let more = 1; more < DRAFTS_MAX; more += 1)
      await call(server.local, createDraft, { params: params(story), body: { name: `Otro ${more}` } });
    expect(
      await refusal(server.local, createDraft, { params: params(story), body: { name: 'Uno de más' } }),
    ).toMatchObject({ status: 422, code: 'draft.tooMany' });
    await call(server.local, deleteDraft, { params: { ...params(story), draft: draft.id } });
    expect(await refusal(server.local, getDraft, { params: { ...params(story), draft: draft.id } })).toMatchObject({
      status: 404,
      code: 'draft.notFound',
    });
  });

  test('#13 an id that is there already is refused with its place, and a draft that holds one twice can be put right', async () => {
    const story = await Story.begin(server);
    const draft = await draftOf(story, ratioOf(2));
    const [first, second, third] = draft.definitions.missions;
    if (!first || !second || !third) throw new Error('The preset has too few missions.');
    const change = (missions: Definitions['missions'], number: number) => ({
      params: { ...params(story), draft: draft.id },
      body: { edit: number, definitions: { ...draft.definitions, missions } },
    });
    const twice = [...draft.definitions.missions, { ...second, id: first.id }];
    expect(await refusal(server.local, changeDraft, change(twice, draft.edit))).toMatchObject({
      status: 400,
      code: 'input.invalid',
      fields: [
        {
          path: ['definitions', 'missions', twice.length - 1, 'id'],
          code: 'duplicate',
          detail: `El identificador «${first.id}» ya está en uso. Elige otro.`,
        },
      ],
    });
    // As a draft could hold before: opened, told, and put right one after another.
    const client = await MongoClient.connect(server.mongodbUri);
    try {
      const missions = [first, first, second, second, third];
      const set = { 'definitions.missions': missions };
      await client
        .db(server.database)
        .collection<{ _id: string }>('programDrafts')
        .updateOne({ _id: draft.id }, { $set: set });
    } finally {
      await client.close();
    }
    const opened = await call(server.local, getDraft, { params: { ...params(story), draft: draft.id } });
    expect(opened.problems.filter(({ code }) => code === 'definition.duplicateId')).toHaveLength(2);
    const half = await call(server.local, changeDraft, change([first, second, second, third], opened.edit));
    const whole = await call(server.local, changeDraft, change([first, second, third], half.edit));
    expect(whole.problems.filter(({ code }) => code === 'definition.duplicateId')).toEqual([]);
  });

  test('#15 going back says from when it would count, and whether what is in force may be stopped at once', async () => {
    const story = await Story.begin(server);
    const planOf = (version: number) =>
      call(server.local, planRevert, { params: { ...params(story), version: String(version) } });
    await call(server.local, changeProgram, { params: params(story), body: { noticeDays: 10 } });
    await publish(story, await draftOf(story, ratioOf(100)));
    const plan = await planOf(1);
    expect(plan).toMatchObject({ now: [], laterFrom: LATER, canStop: true });
    expect(plan.later.map(({ id }) => id)).toEqual(['compra']);
    const reverted = { params: { ...params(story), version: '1' } };
    const { versions } = await call(server.local, revertToVersion, {
      ...reverted,
      body: { correction: 'Un cero de más en los puntos por compra.' },
    });
    expect(versions.map(({ from }) => from < LATER)).toEqual([true]);
    // What members had before the notice would have begun cannot be stopped.
    expect(await planOf(2)).toMatchObject({ later: [], laterFrom: null, canStop: true });
    expect((await planOf(1)).later).toEqual([]);
    expect(await refusal(server.local, planRevert, { params: { ...params(story), version: '99' } })).toMatchObject({
      status: 404,
      code: 'version.notFound',
    });
  });

  test('#31 a benefit can wait for a day, and a version keeps the name of its draft, for the staff alone', async () => {
    const story = await Story.begin(server);
    const draft = await draftOf(story, ratioOf(2));
    expect(await refusedPublish(story, draft, { day: '2026-11-20' })).toMatchObject({
      code: 'version.inPast',
      fields: [{ path: ['day'] }],
    });
    const { versions } = await publish(story, draft, { day: '2026-12-01' });
    // The first midnight of December in Madrid.
    expect(versions).toEqual([{ version: 2, from: '2026-11-30T23:00:00.000Z' }]);
    expect(await earned(story, NOW)).toBe(10);
    const { items } = await call(server.local, listVersions, { params: params(story) });
    expect(items.map(({ name }) => name)).toEqual([draft.name, undefined]);
    const member = await story.person();
    const { log } = await call(member.caller, getTerms, { params: params(story) });
    expect(JSON.stringify(log)).not.toContain(draft.name);
    const worse = await draftOf(await Story.begin(server), couponsGive(10));
    expect(worse.sameWords).toMatchObject([{ kind: 'rules', id: 'cupon' }]);
  });

  test('#33 approval by somebody else is refused while there is nobody else, and said before', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const ask = { params: params(story), body: { approval: true } };
    await story.person();
    expect(await call(owner.caller, getApproval, { params: params(story) })).toEqual({
      isNeeded: false,
      hasOthers: false,
    });
    expect(await refusal(owner.caller, changeProgram, ask)).toMatchObject({
      status: 409,
      code: 'program.noApprover',
      fields: [{ path: ['approval'] }],
    });
    const manager = await story.person('manager');
    expect((await call(owner.caller, changeProgram, ask)).approval).toBe(true);
    for (const { caller } of [owner, manager])
      expect(await call(caller, getApproval, { params: params(story) })).toEqual({ isNeeded: true, hasOthers: true });
    // The other one leaves: whatever else the owner changes beside the box may change.
    await call(server.local, createLogin, {
      params: params(story),
      body: {
        email: manager.email,
        password: manager.password,
        name: manager.name,
        role: 'member',
        member: `ext:${manager.externalId}`,
      },
    });
    const both = { params: params(story), body: { approval: true, noticeDays: 5 } };
    expect(await call(owner.caller, changeProgram, both)).toMatchObject({ approval: true, noticeDays: 5 });
  });

  test('K5 where drafts need approval, nobody approves their own, any change begins anew, and the whole set is no way round', async () => {
    const story = await Story.begin(server);
    await call(server.local, changeProgram, { params: params(story), body: { approval: true } });
    const [one, other] = [await story.person('manager'), await story.person('owner')];
    const draft = await draftOf(story, ratioOf(2), one.caller);
    const at = { ...params(story), draft: draft.id };
    const publishBy = (edit: number) => ({ params: at, body: { edit } });
    expect(await refusal(one.caller, publishDraft, publishBy(draft.edit))).toMatchObject({ status: 403 });
    expect(await refusal(other.caller, publishDraft, publishBy(draft.edit))).toMatchObject({
      status: 409,
      code: 'draft.notApproved',
    });
    const review = (edit: number, decision: 'request' | 'approve' | 'askChanges', note?: string) => ({
      params: at,
      body: { edit, decision, ...(note === undefined ? {} : { note }) },
    });
    const asked = await call(one.caller, reviewDraft, review(draft.edit, 'request'));
    expect(asked.review.state).toBe('requested');
    expect(await refusal(one.caller, reviewDraft, review(asked.edit, 'approve'))).toMatchObject({
      status: 403,
      code: 'draft.ownApproval',
    });
    const sentBack = await call(other.caller, reviewDraft, review(asked.edit, 'askChanges', 'Es mucho'));
    expect(sentBack.review).toMatchObject({ state: 'changesAsked', note: 'Es mucho', by: { id: other.user } });
    const better = await edit(story, sentBack, { ...sentBack.definitions }, one.caller);
    expect(better.review).toEqual({ state: 'none' });
    const approved = await call(other.caller, reviewDraft, review(better.edit, 'approve'));
    const bundle = { params: params(story), body: { definitions: approved.definitions } };
    expect(await refusal(other.caller, putDefinitions, bundle)).toMatchObject({ code: 'draft.notApproved' });
    expect((await call(other.caller, publishDraft, publishBy(approved.edit))).versions).toMatchObject([{ version: 2 }]);
  });

  test('K5 a slip is put right at once with a reason that members read; what was there before the notice is not', async () => {
    const story = await Story.begin(server);
    await call(server.local, changeProgram, { params: params(story), body: { noticeDays: 10 } });
    await publish(story, await draftOf(story, ratioOf(100)));
    expect(await earned(story, NOW)).toBe(1_000);
    const reason = 'Pusimos cien puntos por euro en vez de uno.';
    const tooMuch = await draftOf(story, (definitions) => {
      ratioOf(1)(definitions);
      couponsGive(10)(definitions);
    });
    expect(await refusedPublish(story, tooMuch, { correction: reason })).toMatchObject({
      status: 422,
      code: 'version.notCorrection',
    });
    await call(server.local, revertToVersion, {
      params: { ...params(story), version: '1' },
      body: { correction: reason },
    });
    expect(await earned(story, NOW)).toBe(10);
    const { log } = await call(server.local, getTerms, { params: params(story) });
    expect(log[0]).toMatchObject({ version: 3, status: 'inForce', correction: reason });
  });

  test('K5 who started a mission under one version finishes it under that; who starts later, under the next', async () => {
    const story = await Story.begin(server);
    const [first, second] = [aKey('tarjeta'), aKey('tarjeta')];
    const visit = async (externalId: string) => {
      const { effects } = await story.record(aPurchase({ externalId, totalMinor: 100, occurredAt: NOW }));
      return effects.some((effect) => effect.type === 'mission.completed' && effect.mission === 'diez-visitas');
    };
    await publish(story, await draftOf(story, visitsAsked(2)));
    expect(await visit(first)).toBe(false);
    await publish(story, await draftOf(story, visitsAsked(3)));
    expect(await visit(second)).toBe(false);
    expect(await visit(first)).toBe(true);
    expect(await visit(second)).toBe(false);
    expect(await visit(second)).toBe(true);
  });

  test('K5 benefits are in force at once, what is for the worse when the notice is over, and members read both beforehand', async () => {
    const story = await Story.begin(server);
    await call(server.local, changeProgram, { params: params(story), body: { noticeDays: 10 } });
    const reader = await story.person();
    const draft = await draftOf(story, (definitions) => {
      ratioOf(2)(definitions);
      couponsGive(10)(definitions);
    });
    expect(draft.plan.now.map(({ id }) => id)).toEqual(['compra']);
    expect(draft.plan.later.map(({ id }) => id)).toEqual(['cupon']);
    expect(draft.plan.laterFrom).toBe(LATER);
    const { versions } = await publish(story, draft);
    expect(versions).toMatchObject([{ version: 2 }, { version: 3, from: LATER }]);
    const coupon = async (at: string) =>
      (
        await story.record({
          key: aKey('cupon'),
          type: 'coupon.redeemed',
          member: { externalId: aKey('tarjeta') },
          attributes: { coupon: 'OTOÑO' },
          occurredAt: at,
        })
      ).lines[0]?.amount;
    expect([await earned(story, NOW), await coupon(NOW)]).toEqual([20, 25]);
    const before = await call(reader.caller, getTerms, { params: params(story) });
    expect(before).toMatchObject({ version: 2, noticeDays: 10 });
    expect(before.log.map(({ version, status }) => [version, status])).toEqual([
      [3, 'waiting'],
      [2, 'inForce'],
    ]);
    expect(before.log[0]?.changes[0]?.sentences[0]?.text.es).toBe(
      'La regla «Cupón canjeado» pasa de 25 puntos a 10 puntos.',
    );
    expect(before.terms.find(({ id }) => id === 'cupon')?.sentences[0]?.es).toContain('25 puntos');
    expect((await call(server.local, getDefinitions, { params: params(story) })).version).toBe(2);
    // A second change waits its turn, whoever sends it and by whichever way.
    const next = await draftOf(story, visitsAsked(5));
    expect(await refusedPublish(story, next)).toMatchObject({ code: 'version.waiting', params: { version: 3 } });
    await server.moveClock('2026-11-30T22:59:50.000Z');
    expect(await coupon('2026-11-30T22:00:00Z')).toBe(25);
    await server.moveClock('2026-11-30T23:00:01.000Z');
    expect(await coupon('2026-11-30T23:00:00Z')).toBe(10);
    expect((await call(server.local, getTerms, { params: params(story) })).version).toBe(3);
    await server.stop();
    server = await startServer({ clock: NOW });
  });

  test('K5 a day within the notice is refused, the day after is not, and what waits can be withdrawn until it begins', async () => {
    const story = await Story.begin(server);
    await call(server.local, changeProgram, { params: params(story), body: { noticeDays: 10 } });
    const draft = await draftOf(story, couponsGive(10));
    expect(await refusedPublish(story, draft, { from: '2026-11-25T00:00:00Z' })).toMatchObject({
      status: 422,
      code: 'version.noticeTooShort',
      params: { days: 10, earliest: LATER },
    });
    expect(await refusedPublish(story, draft, { from: '2026-11-19T00:00:00Z' })).toMatchObject({
      code: 'version.inPast',
      fields: [{ path: ['from'] }],
    });
    expect((await publish(story, draft, { from: LATER })).versions).toEqual([{ version: 2, from: LATER }]);
    const withdraw = { params: { ...params(story), version: '2' } };
    expect(await call(server.local, withdrawVersion, withdraw)).toEqual({ version: 2 });
    expect(await refusal(server.local, withdrawVersion, withdraw)).toMatchObject({ code: 'version.notWaiting' });
    await server.moveClock('2026-12-02T10:00:00.000Z');
    expect((await call(server.local, getDefinitions, { params: params(story) })).version).toBe(1);
    const { items } = await call(server.local, listVersions, { params: params(story) });
    expect(items.map(({ status }) => status)).toEqual(['withdrawn', 'inForce']);
    // Its number stays taken, and members never hear of it.
    const better = await draftOf(story, couponsGive(50));
    expect((await publish(story, better)).versions).toMatchObject([{ version: 3 }]);
    const terms = await call(server.local, getTerms, { params: params(story) });
    expect(terms.log.map(({ version }) => version)).toEqual([3]);
    expect((await call(server.local, getVersion, { params: { ...params(story), version: '2' } })).version).toBe(2);
  });
});
