import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type PushEnvelope,
  type SocketRefusal,
  STREAM_KINDS,
  type StreamKind,
  type StreamName,
  type StreamOpened,
  type StreamPresent,
  type StreamSeenAnswer,
} from '@verbena/shared/realtime/socket.js';
import { io, type Socket } from 'socket.io-client';
import { ulid } from 'ulid';
import { Refusal } from '#platform/errors/refusal.js';
import { type HealthPart, type PartName, ReportsHealth } from '#platform/health/health-part.port.js';
import { DrainModule } from '#platform/http/drain.module.js';
import { PlatformModule } from '#platform/platform.module.js';
import { createApp } from '#create-app.js';
import { RealtimeModule } from './realtime.module.js';
import { RealtimeService } from './realtime.service.js';
import { AuthenticatesSockets, type SocketAuthenticator, type SocketSubject } from './socket-authenticator.port.js';
import { type OpenStream, ServesStream, type StreamSource, type StreamSubject } from './stream-source.port.js';

const PROGRAM = ulid();
const AT = '2026-11-22T12:00:00.000Z';

/** Stands for identity: a token is a name in this table. */
@Injectable()
@AuthenticatesSockets()
class Logins implements SocketAuthenticator {
  readonly subjects = new Map<string, SocketSubject>();
  readonly ended = new Set<string>();

  async authenticateSocket(token: string): Promise<SocketSubject> {
    const subject = this.subjects.get(token);
    if (subject === undefined) throw new Refusal('auth.sessionEnded');
    return subject;
  }

  async liveSessions(subjects: readonly SocketSubject[]): Promise<ReadonlySet<string>> {
    const sessions = subjects.map(({ session }) => session);
    return new Set(sessions.filter((session) => !this.ended.has(session)));
  }
}

/** Stands for the ledger: how many entries each member has, committed by hand. */
@Injectable()
@ServesStream()
class Journal implements StreamSource {
  readonly kind = 'me';
  readonly hasCursor = true;
  readonly hasPast = true;
  readonly heads = new Map<string, number>();
  duringRead: () => void = () => undefined;

  async head({ member }: StreamSubject): Promise<number> {
    return this.heads.get(member) ?? 0;
  }

  async read({ member }: StreamSubject, since: number, limit: number): Promise<readonly PushEnvelope[]> {
    const head = this.heads.get(member) ?? 0;
    const found = Array.from({ length: Math.min(limit, head - since) }, (_, n) => envelope(since + n + 1));
    this.duringRead();
    return found;
  }
}

/** Stands for the boards: nothing of them is kept. */
@Injectable()
@ServesStream()
class Boards implements StreamSource {
  readonly kind = 'board';
  readonly banned = new Set<string>();
  lost = async (open: readonly OpenStream[]) => new Set(open.filter(({ subject }) => this.banned.has(subject.member)));
  signaturesOf = async (_: string, members: readonly string[]) => members.map((member) => `@${member}`);
  readonly hasCursor = false;
  readonly hasPast = false;
  q = 0;
  read = async () => [];

  async head(_: StreamSubject, stream: StreamName): Promise<number> {
    if (stream.startsWith('board:none')) throw new Refusal('stream.unknown');
    return this.q;
  }
}

/** Stands for the notices, and whatever else there is: three entries that were there before anybody looked. */
function othersOf(kind: StreamKind) {
  @Injectable()
  @ServesStream()
  class Others implements StreamSource {
    readonly kind = kind;
    readonly hasCursor = true;
    readonly hasPast = true;
    readonly isNewAtFirst = true;
    head = async () => 3;
    read = async () => [];
  }
  return Others;
}

function envelope(q: number): PushEnvelope {
  return { stream: 'me', q, id: `entry-${q}`, v: 1, at: AT };
}

function healthy(part: PartName) {
  @Injectable()
  @ReportsHealth()
  class Healthy implements HealthPart {
    readonly part = part;
    check = async () => ({ status: 'ok' as const });
  }
  return Healthy;
}

@Module({})
class Root {}

type Answer<T> = { ok: true; data: T } | { ok: false; error: SocketRefusal };

/** One device, as bare as Socket.IO has it. */
class Device {
  readonly pushes: PushEnvelope[] = [];
  readonly seen: number[] = [];
  readonly readTo: number[] = [];
  readonly closed: StreamName[] = [];
  readonly present: StreamPresent[] = [];
  readonly endings: string[] = [];

  constructor(readonly socket: Socket) {
    socket.on('push', (push: PushEnvelope) => this.pushes.push(push));
    socket.on('stream.seen', ({ q }: { q: number }) => this.seen.push(q));
    socket.on('stream.read', ({ q }: { q: number }) => this.readTo.push(q));
    socket.on('stream.closed', ({ stream }: { stream: StreamName }) => this.closed.push(stream));
    socket.on('stream.present', (present: StreamPresent) => this.present.push(present));
    socket.on('session.ended', ({ code }: { code: string }) => this.endings.push(code));
  }

  async ask<T>(name: string, payload: unknown): Promise<Answer<T>> {
    return (await this.socket.timeout(5_000).emitWithAck(name, payload)) as Answer<T>;
  }

  async open(since?: number): Promise<StreamOpened> {
    const answer = await this.ask<StreamOpened>('stream.open', {
      stream: 'me',
      ...(since === undefined ? {} : { since }),
    });
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.data;
  }

  async show(q: number): Promise<StreamSeenAnswer> {
    const answer = await this.ask<StreamSeenAnswer>('stream.seen', { stream: 'me', q });
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.data;
  }
}

let app: NestFastifyApplication;
let url: string;
let logins: Logins;
let journal: Journal;
let realtime: RealtimeService;
const dataDir = mkdtempSync(join(tmpdir(), 'verbena-realtime-'));
const devices: Device[] = [];

beforeAll(async () => {
  const name = `realtime-${ulid()}`;
  Object.assign(process.env, {
    MONGODB_DATABASE: name,
    REDIS_PREFIX: name,
    DATA_DIR: dataDir,
    PORT: '0',
    VERBENA_TEST: '1',
    LOG_LEVEL: 'error',
  });
  app = await createApp({
    listen: true,
    pages: false,
    root: () => ({
      module: Root,
      imports: [PlatformModule, RealtimeModule, DrainModule],
      providers: [
        Logins,
        Journal,
        Boards,
        ...STREAM_KINDS.filter((kind) => kind !== 'me' && kind !== 'board').map(othersOf),
        healthy('queues'),
        healthy('lanes'),
        healthy('outbox'),
        healthy('mail'),
        healthy('books'),
      ],
    }),
  });
  url = await app.getUrl();
  logins = app.get(Logins);
  journal = app.get(Journal);
  realtime = app.get(RealtimeService);
});

afterEach(() => {
  for (const { socket } of devices.splice(0)) socket.disconnect();
  journal.duringRead = () => undefined;
});

afterAll(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A member with so many entries, and a token of a session of its own. */
function aLogin(head = 0, lastsMs = 600_000): { member: string; session: string; token: string } {
  const [member, session, token] = [ulid(), ulid(), ulid()];
  journal.heads.set(member, head);
  logins.subjects.set(token, {
    program: PROGRAM,
    member,
    role: 'member',
    user: ulid(),
    session,
    expiresAtMs: Date.now() + lastsMs,
  });
  return { member, session, token };
}

/** Connects; rejects with the server's code. */
function connect(auth: object, headers: Record<string, string> = {}): Promise<Device> {
  const socket = io(url, {
    auth,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
  });
  const device = new Device(socket);
  devices.push(device);
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(device));
    socket.on('connect_error', reject);
  });
}

async function eventually(isSo: () => boolean, withinMs = 5_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!isSo() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
}

function commit(member: string, program = PROGRAM): void {
  const q = (journal.heads.get(member) ?? 0) + 1;
  journal.heads.set(member, q);
  realtime.push(program, member, envelope(q));
}

describe('coming in', () => {
  test('T21 without a token, or with one that does not hold, the handshake is refused with its code', async () => {
    await expect(connect({})).rejects.toMatchObject({ message: 'auth.required', data: { code: 'auth.required' } });
    await expect(connect({ token: 'x', program: 'plaza' })).rejects.toMatchObject({ message: 'auth.sessionEnded' });
    await expect(connect({ token: { $ne: '' }, program: 'plaza' })).rejects.toMatchObject({ message: 'auth.required' });
  });

  test('a page of another site does not even get a handshake, our own does', async () => {
    const { token } = aLogin();
    await expect(connect({ token, program: 'plaza' }, { origin: 'https://evil.example' })).rejects.toThrow();
    const device = await connect({ token, program: 'plaza' }, { origin: url });
    expect(device.socket.connected).toBe(true);
  });

  test('nobody polls: only WebSockets are taken', async () => {
    const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
    expect(answer.status).toBe(400);
  });
});

describe('what is asked', () => {
  test('#61 an unknown stream and an unknown command are refused with an answer, and the socket stays', async () => {
    const device = await connect({ token: aLogin().token, program: 'plaza' });
    expect(await device.ask('stream.open', { stream: 'board:1' })).toEqual({
      ok: false,
      error: { code: 'stream.unknown' },
    });
    expect(await device.ask('admin.everything', {})).toEqual({ ok: false, error: { code: 'route.notFound' } });
    expect(device.socket.connected).toBe(true);
  });

  test('#63 a wrong payload is refused with an answer, and the socket stays', async () => {
    const device = await connect({ token: aLogin().token, program: 'plaza' });
    for (const payload of [null, 7, 'me', [], { stream: 'me', since: -1 }, { stream: 'me', more: 1 }, { since: 1 }]) {
      expect(await device.ask('stream.open', payload)).toEqual({ ok: false, error: { code: 'input.invalid' } });
    }
    expect(await device.ask('stream.seen', { stream: 'me' })).toMatchObject({ ok: false });
    device.socket.emit('stream.open');
    expect((await device.open()).head).toBe(0);
  });

  test('#63 too many commands are told to wait, over all sockets of the member, and none is cut', async () => {
    const { token } = aLogin();
    const [one, other] = [await connect({ token, program: 'plaza' }), await connect({ token, program: 'plaza' })];
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_, n) => (n % 2 === 0 ? one : other).ask('stream.close', { stream: 'me' })),
    );
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(10);
    for (const answer of refused) expect(answer).toMatchObject({ ok: false, error: { code: 'rate.exceeded' } });
    const [first] = refused;
    expect(first?.ok === false ? first.error.retryMs : 0).toBeGreaterThan(0);
    expect([one.socket.connected, other.socket.connected]).toEqual([true, true]);
  });
});

describe('catching up', () => {
  test('a first opening counts everything until now as seen', async () => {
    const { token } = aLogin(12);
    const device = await connect({ token, program: 'plaza' });
    expect(await device.open()).toEqual({ head: 12, seen: 12, read: 12, pushes: [] });
  });

  test('#59 what came after the cursor is in the answer, in order, and what comes later is pushed', async () => {
    const { token, member } = aLogin(5);
    const device = await connect({ token, program: 'plaza' });
    const opened = await device.open(2);
    expect(opened.pushes.map(({ q }) => q)).toEqual([3, 4, 5]);
    commit(member);
    await eventually(() => device.pushes.length === 1);
    expect(device.pushes[0]?.q).toBe(6);
  });

  test('#59 an entry that is committed while the catch-up is read is lost to nobody', async () => {
    const { token, member } = aLogin(3);
    const device = await connect({ token, program: 'plaza' });
    journal.duringRead = () => commit(member);
    const opened = await device.open(1);
    await eventually(() => device.pushes.length === 1);
    expect([...opened.pushes, ...device.pushes].map(({ q }) => q)).toEqual([2, 3, 4]);
  });

  test('#60 two hundred are caught up, one more is a reset and never a shorter list', async () => {
    const { token } = aLogin(201);
    const device = await connect({ token, program: 'plaza' });
    expect((await device.open(1)).pushes).toHaveLength(200);
    expect(await device.open(0)).toMatchObject({ head: 201, pushes: [], reset: true });
  });

  test('a cursor beyond the end is told, and the stream is not open then', async () => {
    const { token, member } = aLogin(3);
    const device = await connect({ token, program: 'plaza' });
    await expect(device.open(4)).rejects.toThrow('stream.cursorAhead');
    commit(member);
    await device.open(4);
    expect(device.pushes).toEqual([]);
  });

  test('T22 nothing arrives of another member, of another program, or of a stream that was closed', async () => {
    const { token, member } = aLogin();
    const device = await connect({ token, program: 'plaza' });
    await device.open();
    commit(aLogin().member);
    commit(member, ulid());
    await device.ask('stream.close', { stream: 'me' });
    commit(member);
    await device.open(2);
    expect(device.pushes).toEqual([]);
  });
});

describe('shown once', () => {
  test('#65 of two devices that show the same push at one moment exactly one is the first', async () => {
    const { token, member } = aLogin(4);
    const [one, other] = [await connect({ token, program: 'plaza' }), await connect({ token, program: 'plaza' })];
    await Promise.all([one.open(), other.open()]);
    commit(member);
    const answers = await Promise.all([one.show(5), other.show(5)]);
    expect(answers.map(({ before }) => before).sort()).toEqual([4, 5]);
    expect(answers.map(({ seen }) => seen)).toEqual([5, 5]);
  });

  test('what one device has shown is told to the others and kept for those to come, and never goes back', async () => {
    const { token, member } = aLogin(4);
    const [one, other] = [await connect({ token, program: 'plaza' }), await connect({ token, program: 'plaza' })];
    await Promise.all([one.open(), other.open()]);
    commit(member);
    await one.show(5);
    await eventually(() => other.seen.length === 1);
    expect([one.seen, other.seen]).toEqual([[], [5]]);
    expect(await other.show(2)).toEqual({ seen: 5, before: 5 });
    const third = await connect({ token, program: 'plaza' });
    expect((await third.open(4)).seen).toBe(5);
  });

  test('nobody can have seen what is still to come', async () => {
    const { token } = aLogin(4);
    const device = await connect({ token, program: 'plaza' });
    await device.open();
    await expect(device.show(5)).rejects.toThrow('stream.cursorAhead');
  });
});

describe('read in the bell', () => {
  const readTo = (device: Device, q: number) => device.ask<{ read: number }>('stream.read', { stream: 'me', q });

  test('#65 what one device read is told to the others, is kept beside what was seen, and never goes back', async () => {
    const { token, member } = aLogin(4);
    const [one, other] = [await connect({ token, program: 'plaza' }), await connect({ token, program: 'plaza' })];
    expect([(await one.open()).read, (await other.open()).read]).toEqual([4, 4]);
    commit(member);
    commit(member);
    await one.show(6);
    expect(await one.open(6)).toMatchObject({ seen: 6, read: 4 });
    expect(await readTo(one, 5)).toEqual({ ok: true, data: { read: 5 } });
    await eventually(() => other.readTo.length === 1);
    expect([one.readTo, other.readTo]).toEqual([[], [5]]);
    expect(await readTo(other, 2)).toEqual({ ok: true, data: { read: 5 } });
    expect(await other.open(6)).toMatchObject({ seen: 6, read: 5 });
  });

  test('#65 of ten devices that read at one moment none moves it back', async () => {
    const { token } = aLogin(9);
    const device = await connect({ token, program: 'plaza' });
    await device.open();
    journal.heads.set(logins.subjects.get(token)?.member ?? '', 20);
    await Promise.all([14, 20, 11, 18, 13, 19, 12, 17, 16, 15].map((q) => readTo(device, q)));
    expect(await device.open(20)).toMatchObject({ read: 20 });
  });

  test('nobody can have read what is still to come, and boards have no bell', async () => {
    const device = await connect({ token: aLogin(4).token, program: 'plaza' });
    await device.open();
    expect(await readTo(device, 5)).toMatchObject({ ok: false, error: { code: 'stream.cursorAhead' } });
    expect(await device.ask('stream.read', { stream: 'board:semana:2026-W48', q: 1 })).toMatchObject({ ok: false });
  });

  test('#46 what waited before the stream was opened for the first time is new, until one device reads it for all', async () => {
    const { token } = aLogin();
    const [one, other] = [await connect({ token, program: 'plaza' }), await connect({ token, program: 'plaza' })];
    for (const device of [one, other])
      expect(await device.ask('stream.open', { stream: 'inbox' })).toMatchObject({
        data: { head: 3, seen: 0, read: 0 },
      });
    expect(await one.ask('stream.read', { stream: 'inbox', q: 2 })).toEqual({ ok: true, data: { read: 2 } });
    await eventually(() => other.readTo.length === 1);
    expect(await other.ask('stream.open', { stream: 'inbox' })).toMatchObject({ data: { read: 2 } });
    expect(await one.ask('stream.read', { stream: 'inbox', q: 4 })).toMatchObject({ ok: false });
  });
});

describe('streams of a board', () => {
  const board = (run: number) => `board:semana:2026-W${10 + run}`;

  function publish(program: string, stream: string, q: number): void {
    realtime.publish(program, stream as StreamName, () => ({
      stream: stream as StreamName,
      q,
      id: `${stream}|${q}`,
      v: 1,
      at: AT,
    }));
  }

  test('#61 one socket may follow several, each gets its own, and nothing after it was closed', async () => {
    const device = await connect({ token: aLogin().token, program: 'plaza' });
    for (const run of [1, 2])
      expect(await device.ask('stream.open', { stream: board(run) })).toMatchObject({ ok: true });
    publish(PROGRAM, board(1), 1);
    publish(PROGRAM, board(3), 1);
    publish(ulid(), board(1), 2);
    await device.ask('stream.close', { stream: board(1) });
    publish(PROGRAM, board(1), 3);
    publish(PROGRAM, board(2), 1);
    await eventually(() => device.pushes.length === 2);
    expect(device.pushes.map(({ stream, q }) => [stream, q])).toEqual([
      [board(1), 1],
      [board(2), 1],
    ]);
    device.socket.disconnect();
    await eventually(() => !realtime.hasAudience(PROGRAM, board(2) as StreamName));
  });

  test('#63 a ninth stream is refused with an answer, one that was closed makes room', async () => {
    const device = await connect({ token: aLogin().token, program: 'plaza' });
    for (let run = 0; run < 8; run += 1) await device.ask('stream.open', { stream: board(run) });
    expect(await device.ask('stream.open', { stream: board(8) })).toEqual({
      ok: false,
      error: { code: 'stream.tooMany' },
    });
    expect(await device.ask('stream.open', { stream: board(7) })).toMatchObject({ ok: true });
    await device.ask('stream.close', { stream: board(0) });
    expect(await device.ask('stream.open', { stream: board(8) })).toMatchObject({ ok: true });
  });

  test('a board that is not there is refused and is not open then', async () => {
    const device = await connect({ token: aLogin().token, program: 'plaza' });
    expect(await device.ask('stream.open', { stream: 'board:none:ever' })).toEqual({
      ok: false,
      error: { code: 'stream.unknown' },
    });
    expect(realtime.hasAudience(PROGRAM, 'board:none:ever')).toBe(false);
  });

  test('#60 whoever comes back and missed something reads the board anew', async () => {
    const device = await connect({ token: aLogin().token, program: 'plaza' });
    app.get(Boards).q = 7;
    expect(await device.ask('stream.open', { stream: board(1), since: 7 })).toMatchObject({
      data: { head: 7, pushes: [] },
    });
    expect(await device.ask('stream.open', { stream: board(1), since: 5 })).toMatchObject({
      data: { head: 7, reset: true },
    });
    app.get(Boards).q = 0;
  });
});

describe('#3 a right that is lost', () => {
  const stream = 'board:semana:2026-W40';

  test('#3 closes the stream on open sockets within five seconds, says so, and nothing of it comes any more', async () => {
    const [one, other] = [aLogin(), aLogin()];
    const [gone, stays] = [
      await connect({ token: one.token, program: 'plaza' }),
      await connect({ token: other.token, program: 'plaza' }),
    ];
    for (const device of [gone, stays]) await device.ask('stream.open', { stream });
    app.get(Boards).banned.add(one.member);
    await eventually(() => gone.closed.length === 1, 5_000);
    realtime.publish(PROGRAM, stream, () => ({ stream, q: 1, id: 'x', v: 1, at: AT }));
    await eventually(() => stays.pushes.length === 1);
    expect([gone.closed, gone.pushes, stays.closed]).toEqual([[stream], [], []]);
    expect(gone.socket.connected).toBe(true);
  });
});

describe('#57 #58 who is there', () => {
  const stream = 'board:semana:2026-W41';
  const last = ({ present }: Device) => present.at(-1);
  const open = async (member: { token: string }) => {
    const device = await connect({ token: member.token, program: 'plaza' });
    await device.ask('stream.open', { stream });
    return device;
  };

  test('#58 each member once, whatever its devices, and gone when the last of these is', async () => {
    const [ana, beto] = [aLogin(), aLogin()];
    const [phone, desk] = [await open(ana), await open(ana)];
    const betos = await open(beto);
    for (const device of [phone, desk, betos]) await eventually(() => last(device)?.readers === 2, 4_000);
    expect(last(betos)).toEqual({ stream, readers: 2, typing: [] });
    desk.socket.disconnect();
    await betos.ask('stream.close', { stream });
    await eventually(() => last(phone)?.readers === 1, 4_000);
  });

  test('#57 who is writing is told to the others and not to itself, and is forgotten six seconds later', async () => {
    const [ana, beto] = [aLogin(), aLogin()];
    const [anas, betos] = [await open(ana), await open(beto)];
    expect(await anas.ask('stream.typing', { stream })).toEqual({ ok: true, data: { noted: true } });
    await eventually(() => last(betos)?.typing.length === 1, 4_000);
    expect(last(betos)?.typing).toEqual([`@${ana.member}`]);
    expect(last(anas)?.typing).toEqual([]);
    await eventually(() => last(betos)?.typing.length === 0, 9_000);
  });

  test('#57 #61 nobody writes in what they have not open, or where nobody is told', async () => {
    const device = await connect({ token: aLogin().token, program: 'plaza' });
    const unknown = { ok: false, error: { code: 'stream.unknown' } };
    expect(await device.ask('stream.typing', { stream })).toEqual(unknown);
    await device.open();
    expect(await device.ask('stream.typing', { stream: 'me' })).toEqual(unknown);
  });
});

describe('going', () => {
  test('#62 a session that ends elsewhere loses its sockets within five seconds, others stay', async () => {
    const { token, session } = aLogin();
    const [gone, stays] = [
      await connect({ token, program: 'plaza' }),
      await connect({ token: aLogin().token, program: 'plaza' }),
    ];
    logins.ended.add(session);
    await eventually(() => !gone.socket.connected, 5_000);
    expect(gone.endings).toEqual(['auth.sessionEnded']);
    expect(stays.socket.connected).toBe(true);
  });

  test('#62 a session that ends here loses its sockets at once', async () => {
    const { token, session } = aLogin();
    const device = await connect({ token, program: 'plaza' });
    realtime.endSession(session);
    await eventually(() => !device.socket.connected, 1_000);
    expect(device.endings).toEqual(['auth.sessionEnded']);
  });

  test('a token that runs out closes its socket', async () => {
    const { token, member } = aLogin(0, 1_500);
    const device = await connect({ token, program: 'plaza' });
    await eventually(() => !device.socket.connected, 6_000);
    expect(device.endings).toEqual(['auth.tokenExpired']);
    await eventually(() => !realtime.hasLocal(member));
  });

  test('T15 a client that reads nothing is cut before it costs much memory', async () => {
    const { token, member } = aLogin();
    const device = await connect({ token, program: 'plaza' });
    await device.open();
    pauseReading(device.socket);
    const before = process.memoryUsage().rss;
    const large = { ...envelope(1), id: 'x'.repeat(32_000) };
    await eventually(() => {
      for (let n = 0; n < 20; n += 1) realtime.push(PROGRAM, member, large);
      return !realtime.hasLocal(member);
    }, 15_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1_024 * 1_024);
  });
});

/** Stops the TCP connection below a client's socket. */
function pauseReading(socket: Socket): void {
  const { engine } = socket.io as unknown as { engine: { transport: { ws: { _socket: { pause(): void } } } } };
  engine.transport.ws._socket.pause();
}
