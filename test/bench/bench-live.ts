import { aKey, aPurchase } from '#support/factories.js';
import { Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer } from '#support/test-server.js';
import { AS_IN_PRODUCTION, type StoreAddresses } from './bench-http.js';
import { percentile } from './measure.js';

const WATCHERS = 20;
const SECONDS = 5;

/** From the moment in which a purchase is sent until its award is in a member's socket, at steady rates. Reported, without a floor. */
export async function benchLive(stores: StoreAddresses): Promise<void> {
  const server = await startServer({
    mongodbUri: stores.mongodbUri,
    redisUrl: stores.redisUrl,
    env: AS_IN_PRODUCTION,
  });
  try {
    const story = await Story.begin(server);
    const watchers = await Promise.all(Array.from({ length: WATCHERS }, () => watch(story)));
    console.log(
      `\nLive: from sending a purchase to its push in a socket, ${WATCHERS} members watching, ${SECONDS} s a rate`,
    );
    for (const perSecond of [50, 200, 500]) {
      const latencies = await measure(story, watchers, perSecond);
      const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
      console.log(
        `${`${perSecond} purchases a second`.padEnd(44)}p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   (${latencies.length} awards)`,
      );
    }
    for (const { stream } of watchers) stream.close();
  } finally {
    await server.stop();
  }
}

interface Watcher {
  readonly externalId: string;
  readonly stream: StreamClient;
}

async function watch(story: Story): Promise<Watcher> {
  const person = await story.person();
  const stream = await StreamClient.connect(story.server.url, person.caller.bearer, story.slug);
  await stream.open();
  return { externalId: person.externalId, stream };
}

/** Sends at an even pace, without waiting for answers, and notes when each award arrives. */
async function measure(story: Story, watchers: readonly Watcher[], perSecond: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const hear = (externalId: string) => (push: { readonly q: number }) => {
    const sent = sentAt.get(`${externalId}:${push.q}`);
    if (sent !== undefined) latencies.push(performance.now() - sent);
  };
  const ears = watchers.map(({ externalId, stream }) => ({ stream, ear: hear(externalId) }));
  for (const { stream, ear } of ears) stream.socket.on('push', ear);
  const next = new Map(watchers.map(({ externalId, stream }) => [externalId, stream.cur]));
  const requests: Promise<unknown>[] = [];
  const total = perSecond * SECONDS;
  const began = performance.now();
  for (let number = 0; number < total; number += 1) {
    const dueMs = began + (number * 1_000) / perSecond - performance.now();
    if (dueMs > 1) await new Promise((resolve) => setTimeout(resolve, dueMs));
    const externalId = watchers[number % watchers.length]?.externalId ?? '';
    const q = (next.get(externalId) ?? 0) + 1;
    next.set(externalId, q);
    sentAt.set(`${externalId}:${q}`, performance.now());
    requests.push(story.record(aPurchase({ externalId, key: aKey('vivo') })));
  }
  await Promise.all(requests);
  await Promise.all(watchers.map(({ externalId, stream }) => stream.until(next.get(externalId) ?? 0)));
  for (const { stream, ear } of ears) stream.socket.off('push', ear);
  return latencies;
}
