import { CATCH_UP_MAX, type PushEnvelope } from '@verbena/shared/realtime/socket.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { type Person, Story } from '#support/story.js';
import { SocketRefused, StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const devices: StreamClient[] = [];
afterEach(() => {
  for (const device of devices.splice(0)) device.close();
});

async function device(story: Story, person: Pick<Person, 'caller'>, since = 0): Promise<StreamClient> {
  const client = await StreamClient.connect(server.url, person.caller.bearer, story.slug, since);
  devices.push(client);
  return client;
}

const numbers = (pushes: readonly PushEnvelope[]) => pushes.map(({ q }) => q);
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('awards arrive live', () => {
  test('a purchase posted elsewhere is one push with its lines, effects and balances', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const phone = await device(story, person);
    expect(await phone.open()).toEqual({ head: 0, seen: 0, read: 0, pushes: [] });
    const { externalId } = person;
    const result = await story.record(aPurchase({ externalId, totalMinor: 1_000 }));
    await phone.until(1);
    const [push] = phone.applied;
    expect(push).toMatchObject({ stream: 'me', q: 1, id: result.id, name: 'entry.recorded', v: 1, at: result.at });
    expect(push?.data).toMatchObject({
      seq: 1,
      lines: result.lines,
      effects: result.effects,
      balances: result.balances,
    });
    const [entry] = await story.journal(externalId);
    expect(push?.data).toMatchObject({ receipt: entry?.receipt });
  });

  test('what came before is caught up from the cursor, what comes meanwhile is neither lost nor doubled', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const { externalId } = person;
    for (let count = 0; count < 5; count += 1) await story.record(aPurchase({ externalId }));
    const phone = await device(story, person, 2);
    const racing = Array.from({ length: 20 }, () => story.record(aPurchase({ externalId })));
    await phone.open();
    await Promise.all(racing);
    await phone.until(25);
    expect(numbers(phone.applied)).toEqual(upTo(25, 3));
  });

  test('#59 thirty seconds away, five awards meanwhile: exactly those, in order, once', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const { externalId } = person;
    const phone = await device(story, person);
    await phone.open();
    await story.record(aPurchase({ externalId }));
    await phone.until(1);
    phone.drop();
    const away = [];
    for (let count = 0; count < 5; count += 1) away.push(await story.record(aPurchase({ externalId })));
    await phone.comeBack();
    await phone.open();
    await story.record(aPurchase({ externalId }));
    await phone.until(7);
    expect(numbers(phone.applied)).toEqual(upTo(7));
    expect(phone.applied.slice(1, 6).map(({ id }) => id)).toEqual(away.map(({ id }) => id));
    // Nothing more follows: a heartbeat finds the stream where it is.
    expect(await phone.open()).toMatchObject({ head: 7, pushes: [] });
    expect(numbers(phone.applied)).toEqual(upTo(7));
  });

  test('twenty breaks in a row under load lose nothing and show nothing twice', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const { externalId } = person;
    const phone = await device(story, person);
    await phone.open();
    for (let round = 0; round < 20; round += 1) {
      const racing = Array.from({ length: 5 }, () => story.record(aPurchase({ externalId })));
      phone.drop();
      await phone.comeBack();
      await phone.open();
      await Promise.all(racing);
    }
    await phone.until(100);
    expect(numbers(phone.applied)).toEqual(upTo(100));
  });

  test(`#60 more than ${CATCH_UP_MAX} missed: reset, never a silent loss`, async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const { externalId } = person;
    await story.batch(Array.from({ length: CATCH_UP_MAX }, () => aPurchase({ externalId })));
    const just = await device(story, person);
    expect((await just.open()).pushes).toHaveLength(CATCH_UP_MAX);
    await story.record(aPurchase({ externalId }));
    const late = await device(story, person);
    expect(await late.open()).toEqual({
      head: CATCH_UP_MAX + 1,
      seen: expect.any(Number),
      read: expect.any(Number),
      pushes: [],
      reset: true,
    });
    await story.record(aPurchase({ externalId }));
    await late.until(CATCH_UP_MAX + 2);
    expect(numbers(late.applied)).toEqual([CATCH_UP_MAX + 2]);
  });

  test('#65 of several devices exactly one is the one that shows a push', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const { externalId } = person;
    const all = [
      await device(story, person),
      await device(story, person),
      await device(story, await story.logIn(person)),
    ];
    for (const one of all) await one.open();
    const shown: number[] = [];
    for (let q = 1; q <= 5; q += 1) {
      await story.record(aPurchase({ externalId }));
      for (const one of all) await one.until(q);
      const answers = await Promise.all(all.map((one) => one.seen(q)));
      shown.push(answers.filter(({ before }) => before < q).length);
      expect(answers.map(({ seen }) => seen)).toEqual([q, q, q]);
    }
    expect(shown).toEqual([1, 1, 1, 1, 1]);
    for (const one of all)
      await eventually(() => one.seenElsewhere.length > 0 || one === all[0], { until: 'the others are told' });
    const fresh = await device(story, person);
    expect(await fresh.open()).toMatchObject({ seen: 5 });
  });

  test('a first login has seen all that was before it', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    for (let count = 0; count < 3; count += 1) await story.record(aPurchase({ externalId: person.externalId }));
    const phone = await device(story, person, 3);
    expect(await phone.open()).toMatchObject({ head: 3, seen: 3 });
  });

  test('one member’s stream holds nothing of another, also in the same group', async () => {
    const story = await Story.begin(server);
    const [one, other] = [await story.person(), await story.person()];
    const phone = await device(story, one);
    await phone.open();
    const results = await story.batch(
      Array.from({ length: 40 }, (_, index) =>
        aPurchase({ externalId: index % 2 === 0 ? one.externalId : other.externalId }),
      ),
    );
    await phone.until(20);
    const own = results.flatMap((answer) =>
      answer.status !== 'refused' && answer.result.member === one.member ? [answer.result.id] : [],
    );
    expect(phone.received.map(({ id }) => id)).toEqual(own);
  });
});

describe('what a socket may not', () => {
  const code = async (attempt: Promise<unknown>): Promise<string> => {
    try {
      await attempt;
    } catch (error) {
      if (error instanceof SocketRefused) return error.refusal.code;
      throw error;
    }
    throw new Error('It was not refused.');
  };

  test('#61 a stream that is not on the list, a cursor ahead, a wrong shape: an answer each, and the socket stays', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const phone = await device(story, person);
    expect(await code(phone.command('stream.open', { stream: `uid_${person.user}`, since: 0 }))).toBe('stream.unknown');
    expect(await code(phone.command('stream.open', { stream: 'me', since: 9 }))).toBe('stream.cursorAhead');
    expect(await code(phone.command('stream.seen', { stream: 'me', q: 9 }))).toBe('stream.cursorAhead');
    for (const bad of [
      undefined,
      null,
      7,
      'me',
      [],
      { stream: 'me', since: '1' },
      { stream: 'me', since: -1 },
      { stream: 'me', since: { $gt: 0 } },
      { stream: 'me', more: true },
    ])
      expect(await code(phone.command('stream.open', bad))).toBe('input.invalid');
    expect(await code(phone.command('room.join', { room: 'x' }))).toBe('route.notFound');
    expect(phone.socket.connected).toBe(true);
    expect(await phone.open()).toMatchObject({ head: 0 });
  });

  test('#63 too many commands: an answer with how long to wait, not a silent cut', async () => {
    const story = await Story.begin(server);
    const phone = await device(story, await story.person());
    const answers = await Promise.allSettled(Array.from({ length: 200 }, () => phone.open()));
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as SocketRefused] : []));
    expect(refused.length).toBeGreaterThan(50);
    for (const { refusal } of refused)
      expect(refusal).toMatchObject({ code: 'rate.exceeded', retryMs: expect.any(Number) });
    expect(phone.socket.connected).toBe(true);
    await eventually(async () => phone.open(), { until: 'it may ask again' });
  });

  test('nobody comes in without a token, with a key, to another program, or as staff without a member', async () => {
    const [story, other] = [await Story.begin(server), await Story.begin(server)];
    const [person, owner] = [await story.person(), await story.person('owner')];
    const connect = (token: string, program: string) => code(StreamClient.connect(server.url, token, program));
    expect(await connect('', story.slug)).toBe('auth.required');
    expect(await connect(story.shop.bearer ?? '', story.slug)).toMatch(/^auth\./);
    expect(await connect(person.caller.bearer, other.slug)).toBe('program.notFound');
    expect(await connect(person.caller.bearer, 'no-existe')).toBe('program.notFound');
    expect(await connect(owner.caller.bearer, story.slug)).toBe('auth.forbidden');
  });
});
