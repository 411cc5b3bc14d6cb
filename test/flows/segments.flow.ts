import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { getMember } from '@verbena/shared/members/members.routes.js';
import { mergeMembers } from '@verbena/shared/merging/merging.routes.js';
import {
  addSegmentMembers,
  changeSegment,
  createSegment,
  listSegmentMembers,
  listSegments,
  listSegmentsOf,
  removeSegmentMember,
} from '@verbena/shared/segments/segments.routes.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { call, type Caller, refusal } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const here = (story: Story) => ({ program: story.slug });
const aList = { slug: 'prensa', name: { es: 'Prensa', en: 'Press' }, kind: 'list' } as const;
const buyers = {
  ...({ slug: 'han-comprado', name: { es: 'Han comprado' }, kind: 'condition' } as const),
  condition: { badge: 'primera-compra' },
};

/** The slugs of the segments of a member, once they are these: what a node knows of them is believed for a second. */
async function belongs(caller: Caller, story: Story, member: string, slugs: readonly string[]): Promise<void> {
  await eventually(
    async () => {
      const { items } = await call(caller, listSegmentsOf, { params: { ...here(story), member } });
      return items.map(({ slug }) => slug).join() === slugs.join();
    },
    { until: `${member} belongs to ${slugs.join(' and ')}` },
  );
}

test('#2 #5 a manager makes a segment of a condition and one of a list, and who belongs follows at once', async () => {
  const story = await Story.begin(server);
  const marta = await story.person('manager');
  const [lucia, noa] = [await story.person(), await story.person()];
  const params = here(story);
  await call(marta.caller, createSegment, { params, body: buyers });
  const list = await call(marta.caller, createSegment, { params, body: aList });
  expect(list).toMatchObject({ kind: 'list', condition: null, size: 0, archivedAt: null });
  const segment = { ...params, segment: list.id };
  await belongs(marta.caller, story, `ext:${lucia.externalId}`, []);
  await story.record(aPurchase({ externalId: lucia.externalId }));
  await belongs(marta.caller, story, `ext:${lucia.externalId}`, ['han-comprado']);

  const { code } = await call(marta.caller, getMember, { params: { ...params, member: noa.member ?? '' } });
  const given = [`ext:${lucia.externalId}`, `code:${code}`, lucia.member ?? ''];
  const added = await call(marta.caller, addSegmentMembers, { params: segment, body: { members: given } });
  expect(added).toMatchObject({ added: 2, segment: { size: 2 } });
  const again = await call(marta.caller, addSegmentMembers, { params: segment, body: { members: given } });
  expect(again).toMatchObject({ added: 0, segment: { size: 2 } });
  await belongs(marta.caller, story, lucia.member ?? '', ['han-comprado', 'prensa']);
  const first = await call(marta.caller, listSegmentMembers, { params: segment, query: { limit: '1' } });
  expect(first.items).toMatchObject([{ member: noa.member, called: noa.externalId }]);
  const query = { limit: '1', before: String(first.next) };
  const second = await call(marta.caller, listSegmentMembers, { params: segment, query });
  expect([second.items.map(({ member }) => member), second.next]).toEqual([[lucia.member], undefined]);

  const gone = { params: { ...segment, member: lucia.member ?? '' } };
  expect(await call(marta.caller, removeSegmentMember, gone)).toMatchObject({ size: 1 });
  expect(await refusal(marta.caller, removeSegmentMember, gone)).toMatchObject({ code: 'segment.notInList' });
  await belongs(marta.caller, story, lucia.member ?? '', ['han-comprado']);

  await call(marta.caller, changeSegment, { params: segment, body: { archived: true } });
  await belongs(marta.caller, story, noa.member ?? '', []);
  await call(marta.caller, changeSegment, { params: segment, body: { archived: false, name: { es: 'Medios' } } });
  await belongs(marta.caller, story, noa.member ?? '', ['prensa']);
  // The same again is no change.
  await call(marta.caller, changeSegment, { params: segment, body: { archived: false, name: { es: 'Medios' } } });
  const { items } = await call(marta.caller, listSegments, { params });
  expect(items.map(({ slug, name, size }) => [slug, name.es, size])).toEqual([
    ['han-comprado', 'Han comprado', null],
    ['prensa', 'Medios', 1],
  ]);

  const log = (await call(marta.caller, listAuditEntries, { params })).items.toReversed();
  const own = log.filter(({ subject }) => subject.kind === 'segment');
  expect(own.map(({ action, actor }) => [action, actor.name])).toEqual(
    ['created', 'created', 'membersAdded', 'memberRemoved', 'changed', 'changed'].map((what) => [
      `segment.${what}`,
      marta.name,
    ]),
  );
  expect(own[2]).toMatchObject({
    ...{ subject: { id: list.id }, before: { size: 0 } },
    after: { size: 2, members: [lucia.member, noa.member] },
  });
});

test('#2 #4 what cannot be is refused with its place, and nothing is half done', async () => {
  const story = await Story.begin(server);
  const marta = await story.person('manager');
  const params = here(story);
  const { id } = await call(marta.caller, createSegment, { params, body: aList });
  const refused = (body: object) => refusal(marta.caller, createSegment, { params, body });
  expect(await refused(aList)).toMatchObject({ status: 409, code: 'segment.slugTaken', fields: [{ path: ['slug'] }] });
  expect(await refused({ ...buyers, condition: { not: { badge: 'ninguna' } } })).toMatchObject({
    code: 'input.invalid',
    fields: [{ path: ['condition', 'not', 'badge'], code: 'definition.unknown.badges', params: { id: 'ninguna' } }],
  });
  expect(await refused({ ...buyers, condition: { all: [{ segment: 'prensa' }] } })).toMatchObject({
    code: 'input.invalid',
    fields: [{ path: ['condition', 'all', 0, 'segment'], code: 'segment.nested' }],
  });
  expect(await refused({ ...aList, condition: buyers.condition })).toMatchObject({ code: 'input.invalid' });
  const list = { params: { ...params, segment: id } };
  expect(await refusal(marta.caller, changeSegment, { ...list, body: { condition: { badge: 'x1' } } })).toMatchObject({
    code: 'input.invalid',
  });

  const luz = await story.person();
  const members = [`ext:${luz.externalId}`, 'ext:nadie', 'code:123456789', 'me'];
  expect(await refusal(marta.caller, addSegmentMembers, { ...list, body: { members } })).toMatchObject({
    ...{ status: 422, code: 'segment.unknownMembers', params: { count: 3 } },
    fields: [
      { path: ['members', 1], code: 'noMember', params: { id: 'nadie' } },
      { path: ['members', 2], params: { id: '123456789' } },
      { path: ['members', 3] },
    ],
  });
  expect((await call(marta.caller, listSegmentMembers, list)).items).toEqual([]);
  const condition = await call(marta.caller, createSegment, { params, body: buyers });
  const added = { params: { ...params, segment: condition.id }, body: { members: [members[0] ?? ''] } };
  expect(await refusal(marta.caller, addSegmentMembers, added)).toMatchObject({ code: 'segment.notList' });

  // Another program has neither the segment nor its members; a member and a moderator manage none.
  const other = await Story.begin(server);
  const olga = await other.person('manager');
  expect((await call(olga.caller, listSegments, { params: here(other) })).items).toEqual([]);
  const strange = { params: { ...here(other), segment: id } };
  expect(await refusal(olga.caller, listSegmentMembers, strange)).toMatchObject({ code: 'segment.notFound' });
  expect(await refusal(olga.caller, changeSegment, { ...strange, body: {} })).toMatchObject({
    code: 'segment.notFound',
  });
  expect(await refusal(olga.caller, listSegments, { params })).toMatchObject({ code: 'program.notFound' });
  for (const role of ['member', 'moderator'] as const)
    expect(await refusal((await story.person(role)).caller, listSegments, { params })).toMatchObject({
      code: 'auth.forbidden',
    });
});

test('#2 whoever is joined to another account stays on the lists of both', async () => {
  const story = await Story.begin(server);
  const marta = await story.person('owner');
  const [stays, ends] = [await story.person(), await story.person()];
  const { id } = await call(marta.caller, createSegment, { params: here(story), body: aList });
  const params = { ...here(story), segment: id };
  await call(marta.caller, addSegmentMembers, { params, body: { members: [ends.member ?? ''] } });
  const body = { ends: ends.member ?? '', reason: 'Es la misma persona' };
  await call(marta.caller, mergeMembers, { params: { ...here(story), member: stays.member ?? '' }, body });
  await belongs(marta.caller, story, stays.member ?? '', ['prensa']);
  expect((await call(marta.caller, listSegmentMembers, { params })).items).toMatchObject([{ member: stays.member }]);
  const gone = { params: { ...params, member: stays.member ?? '' } };
  expect(await call(marta.caller, removeSegmentMember, gone)).toMatchObject({ size: 0 });
  await belongs(marta.caller, story, stays.member ?? '', []);
});
