import { spawn } from 'node:child_process';
import http from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { renderMarkdown, MARKDOWN_VERSION } from '@verbena/server/platform/markdown/render-markdown.js';
import { MongoClient } from 'mongodb';
import { Forum } from '#support/forum.js';
import { Story } from '#support/story.js';
import { startServer } from '#support/test-server.js';
import type { Verdict } from './bench-commit.js';
import { AS_IN_PRODUCTION, type StoreAddresses } from './bench-http.js';
import { interleave, printRows, type Row, rowOf, type Run, runOutstanding } from './measure.js';

const FLOOR = fileURLToPath(new URL('./forum-floor.js', import.meta.url));
const PER_THREAD = 100;
const CLIENTS = [1, 16, 64] as const;
const WRITERS = 16;
/** What members write: some words, a list, a mention that is nobody. */
const BODY =
  'Confirmo lo de la planta **-3**:\n\n- nadie baja\n- el ascensor te deja en la puerta\n\nGracias, @nadie de verdad.';
const HTML = renderMarkdown(BODY, { isTrusted: false, memberHref: () => null, postHref: () => null }).html;

interface Asked {
  readonly threads: number;
  /** Requests a run. */
  readonly units: number;
  readonly rounds: number;
}

/**
 * A forum of so many threads of a hundred posts, over HTTP, beside the least that a forum could be on the same database: pages of
 * threads, and posts.
 */
export async function benchForums({ mongodbUri, redisUrl }: StoreAddresses, asked: Asked): Promise<Verdict[]> {
  const server = await startServer({
    mongodbUri,
    redisUrl,
    // Its members joined a moment ago, and write more than anybody may on a first day.
    env: { ...AS_IN_PRODUCTION, VERBENA_TEST: '1', VERBENA_RATE_LIMITS: 'off' },
  });
  const floor = spawn(process.execPath, [FLOOR, mongodbUri, server.database], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const story = await Story.begin(server);
    const forum = new Forum(story);
    const category = await forum.category('charla');
    const people = await Promise.all(Array.from({ length: WRITERS }, () => story.person()));
    const ids = await fill(
      mongodbUri,
      server.database,
      story,
      category.id,
      people.map(({ member }) => member ?? ''),
      asked,
    );
    const [address] = (await createInterface({ input: floor.stdout })[Symbol.asyncIterator]().next()).value.split('\n');
    const base = `${server.url}${API_PREFIX}/programs/${story.slug}/forum`;
    let bearers: readonly string[] = [];
    const bearer = (unit: number): string => bearers[unit % bearers.length] ?? '';
    let key = 0;
    const sides = [
      { name: 'floor', url: address as string, post: (thread: string) => `${address}/threads/${thread}/posts` },
      { name: 'Verbena', url: base, post: (thread: string) => `${base}/threads/${thread}/posts` },
    ];
    const thread = (unit: number): string => ids[(unit * 7_919) % ids.length] ?? '';
    const read = (url: string, clients: number) => (): Promise<Run> =>
      runOutstanding(asked.units, clients, (unit) =>
        send(`${url}/threads/${thread(unit)}?after=${(unit % 4) * 20}`, bearer(unit)),
      );
    const write = (to: (thread: string) => string, clients: number) => (): Promise<Run> =>
      runOutstanding(Math.floor(asked.units / 4), clients, (unit) => {
        key += 1;
        return send(to(thread(unit)), bearer(unit), { key: `mensaje-${key}`, body: BODY });
      });
    const verdicts: Verdict[] = [];
    for (const what of ['thread page', 'post created'] as const) {
      // An access token is good for ten minutes.
      bearers = (await Promise.all(people.map((person) => story.logIn(person)))).map(({ caller }) => caller.bearer);
      const rows: Row[] = [];
      for (const clients of CLIENTS) {
        const named = sides.map(({ name, url, post }) => ({
          name: `${what}, ${clients} clients, ${name}`,
          run: what === 'thread page' ? read(url, clients) : write(post, clients),
        }));
        for (const { run } of named) await run();
        const runs = await interleave(named, asked.rounds);
        const [bare, ours] = named.map(({ name }) => rowOf(name, runs.get(name) ?? [])) as [Row, Row];
        rows.push(bare, ours);
        const least = what === 'thread page' ? 0.6 : 0.4;
        verdicts.push({
          name: `forum: ${what}, ${clients} clients, of the floor’s rate`,
          ratio: ours.rate / bare.rate,
          floor: least,
        });
        if (clients === 64)
          verdicts.push({
            name: `forum: ${what}, 64 clients, the floor’s p99 in ours (3 × allowed)`,
            ratio: bare.p99 / ours.p99,
            floor: 1 / 3,
          });
      }
      printRows(`Forum of ${asked.threads * PER_THREAD} posts: ${what}`, rows);
    }
    return verdicts;
  } finally {
    floor.kill();
    await server.stop();
  }
}

/** The same threads and posts for both sides, written past the server. */
async function fill(
  uri: string,
  database: string,
  { program }: Story,
  category: string,
  members: readonly string[],
  { threads: count }: Asked,
): Promise<string[]> {
  const client = await new MongoClient(uri).connect();
  try {
    const db = client.db(database);
    await db.collection('floorPosts').createIndex({ thread: 1, number: 1 }, { unique: true });
    const ids = Array.from({ length: count }, (_, at) => `hilo-${String(at).padStart(17, '0')}`);
    for (const [at, _id] of ids.entries()) {
      const atMs = Date.now() - at * 60_000;
      const author = members[at % members.length] ?? '';
      const thread = {
        ...{
          _id,
          program: program.id,
          category,
          author,
          title: `Hilo número ${at}`,
          openedAtMs: atMs,
          bumpedAtMs: atMs,
        },
        ...{ posts: PER_THREAD, replies: PER_THREAD - 1, last: { author, atMs }, pin: null, pinUntil: null },
        ...{ lockedAt: null, closesAt: null, slowModeSeconds: 0, answer: null, isDeleted: false, changes: PER_THREAD },
      };
      const posts = Array.from({ length: PER_THREAD }, (_, place) => ({
        ...{ _id: `${_id.slice(5)}-${String(place).padStart(4, '0')}` as never, program: program.id, thread: _id },
        ...{ number: place + 1, author: members[(at + place) % members.length] ?? '', createdAt: new Date(atMs) },
        ...{ digest: '', body: BODY, html: HTML, markdown: MARKDOWN_VERSION, version: 1, writtenAt: new Date(atMs) },
        ...{ writtenBy: author, editedAt: null, replyTo: null, deletion: null, change: place + 1 },
      }));
      for (const side of ['forum', 'floor']) {
        await db.collection(`${side}Threads`).insertOne(thread as never);
        await db.collection(`${side}Posts`).insertMany(posts);
      }
    }
    return ids;
  } finally {
    await client.close();
  }
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 512 });

/** Asks and reads the whole answer, which must be a success. */
function send(url: string, bearer: string, body?: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? null : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${bearer}`,
      ...(text === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const request = http.request(url, { agent, method: text === null ? 'GET' : 'POST', headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve();
        else reject(new Error(`HTTP ${response.statusCode} of ${url}`));
      });
    });
    request.on('error', reject);
    request.end(text ?? undefined);
  });
}
