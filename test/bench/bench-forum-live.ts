import { Forum } from '#support/forum.js';
import type { Person } from '#support/story.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer } from '#support/test-server.js';
import type { StoreAddresses } from './bench-http.js';
import { percentile } from './measure.js';

const VIEWERS = 1_000;
const MEMBERS = 200;
const POSTS = 40;
/** A thread in which somebody writes this often is a very busy one. */
const EVERY_MS = 500;

/**
 * From sending a post until it is in the sockets of a thousand who have the thread open, in a category that is not for all, so that the
 * rights of each are asked about meanwhile. Reported, without a floor.
 */
export async function benchForumLive(stores: StoreAddresses): Promise<void> {
  // A thousand sockets come from one address, which only a server under test lets in.
  const server = await startServer({ mongodbUri: stores.mongodbUri, redisUrl: stores.redisUrl });
  const viewers: StreamClient[] = [];
  try {
    const story = await Story.begin(server);
    const forum = new Forum(story);
    const lowest = { tier: { atLeast: 'socio' } };
    const rights = { see: lowest, read: lowest, create: null, reply: null, react: null, moderate: null };
    const category = await forum.category('socios', { rights });
    const people: Person[] = [];
    for (let n = 0; n < MEMBERS; n += 1) people.push(await story.person());
    const [writer] = people;
    if (writer === undefined) throw new Error('Somebody writes.');
    const thread = await forum.open(writer, category);
    for (let n = 0; n < VIEWERS; n += 1) {
      const { caller } = people[n % MEMBERS] ?? writer;
      const viewer = await StreamClient.connect(server.url, caller.bearer, story.slug, 1, `thread:${thread.id}`);
      viewers.push(viewer);
      await viewer.open();
      // The door lets two hundred a second in.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const latencies: number[] = [];
    const sentAtMs = new Map<number, number>();
    for (const { socket } of viewers)
      socket.on('push', ({ q }) => latencies.push(performance.now() - (sentAtMs.get(q) ?? Number.NaN)));
    for (let q = 2; q < POSTS + 2; q += 1) {
      sentAtMs.set(q, performance.now());
      await forum.reply(writer, thread, { body: `Mensaje ${q}` });
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    await Promise.all(viewers.map((viewer) => viewer.until(POSTS + 1)));
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => percentile(latencies, part));
    console.log(
      `\nForum, live: from sending a post to its push, ${VIEWERS} sockets of ${MEMBERS} members, in a category that is not for all\n` +
        `p50 ${p50?.toFixed(0)} ms   p95 ${p95?.toFixed(0)} ms   p99 ${p99?.toFixed(0)} ms   (${latencies.length} pushes of ${POSTS} posts)`,
    );
  } finally {
    for (const viewer of viewers) viewer.close();
    await server.stop();
  }
}
