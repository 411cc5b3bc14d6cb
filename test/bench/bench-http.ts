import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createApiKey } from '@verbena/shared/identity/api-keys.routes.js';
import { createProgram } from '@verbena/shared/programs/programs.routes.js';
import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { call } from '#support/http-call.js';
import { startServer, type TestServer } from '#support/test-server.js';
import type { Verdict } from './bench-commit.js';
import { percentile, printRows, rowOf, type Run, runOutstanding } from './measure.js';

export interface StoreAddresses {
  readonly mongodbUri: string;
  readonly redisUrl: string;
}

const BATCH = 100;

/** The server without what tests switch on, such as checking its own answers; the limit of a key out of the way. */
export const AS_IN_PRODUCTION = {
  VERBENA_TEST: '0',
  VERBENA_RATE_LIMITS: 'on',
  VERBENA_RATE_KEY_PER_MINUTE: '999999999',
} as const;

/** A server as in production with one program, and a shop that posts to it. */
export interface BenchServer {
  readonly pid: number;
  readonly database: string;
  post(path: string, body: unknown, status: number): Promise<void>;
  /** A purchase of a member, which is accepted. */
  record(externalId: string, number: number): Promise<void>;
  stop(): Promise<void>;
}

export async function benchServer(stores: StoreAddresses): Promise<BenchServer> {
  const server = await startServer({
    mongodbUri: stores.mongodbUri,
    redisUrl: stores.redisUrl,
    env: AS_IN_PRODUCTION,
  });
  await call(server.local, createProgram, {
    params: {},
    body: { slug: 'plaza', name: 'Plaza', preset: 'shopping-centre' },
  });
  const draft = { name: 'bench', types: ['purchase'], permissions: ['activities.write' as const] };
  const key = await call(server.local, createApiKey, { params: { program: 'plaza' }, body: draft });
  const post = poster(server, key.secret);
  return {
    pid: server.pid,
    database: server.database,
    post,
    record: (externalId, number) => post('activities', aPurchaseOf(externalId, number), 201),
    stop: () => server.stop(),
  };
}

function aPurchaseOf(externalId: string, number: number): unknown {
  return {
    key: `http-${number}`,
    type: 'purchase',
    member: { externalId },
    attributes: {
      totalMinor: 1_000 + (number % 9_000),
      store: 'Librería Alba',
      departments: [{ name: 'LIBROS', amountMinor: 1_000 }],
    },
  };
}

/** HTTP: single activities at 64 and 256 clients, batches of a hundred, and the floor of the same server: its health page. */
export async function benchHttp(stores: StoreAddresses, units: number, rounds: number): Promise<Verdict[]> {
  const server = await benchServer(stores);
  try {
    let number = 0;
    const activity = (): unknown => {
      number += 1;
      return aPurchaseOf(`socia-${number % 2_000}`, number);
    };
    const single = (clients: number, count: number): Promise<Run> =>
      runOutstanding(count, clients, () => server.post('activities', activity(), 201));
    const batch = async (count: number): Promise<Run> => {
      const requests = Math.ceil(count / BATCH);
      const run = await runOutstanding(requests, 8, () =>
        server.post('activities/batch', { activities: Array.from({ length: BATCH }, activity) }, 200),
      );
      return { ...run, units: requests * BATCH, cpuUs: (run.cpuUs * requests) / (requests * BATCH) };
    };
    await single(64, 2_000);
    await batch(4_000);
    const runs: { single64: Run[]; single256: Run[]; batch: Run[] } = { single64: [], single256: [], batch: [] };
    const cpu: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = cpuSecondsOf(server.pid);
      runs.single64.push(await single(64, Math.floor(units / 2)));
      cpu.push(((cpuSecondsOf(server.pid) - before) * 1e6) / Math.floor(units / 2));
      runs.single256.push(await single(256, Math.floor(units / 2)));
      runs.batch.push(await batch(units));
    }
    printRows('HTTP: activities a second (CPU of the client; the server’s is below)', [
      rowOf('single, 64 clients', runs.single64),
      rowOf('single, 256 clients', runs.single256),
      rowOf(`batches of ${BATCH}, 8 clients (latency of a batch)`, runs.batch),
    ]);
    console.log(`CPU of the server a single activity at 64 clients: ${Math.round(percentile(cpu, 0.5))} µs`);
    return [
      {
        name: 'HTTP batches of 100 against single activities, 64 clients',
        ratio: ratioOf(runs.batch, runs.single64),
        floor: null,
      },
    ];
  } finally {
    await server.stop();
  }
}

function ratioOf(ours: readonly Run[], theirs: readonly Run[]): number {
  return rowOf('', ours).rate / rowOf('', theirs).rate;
}

/** Posts JSON over kept-alive connections; the bare client costs less than `fetch`, and the cores are shared. */
function poster(server: TestServer, secret: string): (path: string, body: unknown, status: number) => Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 512 });
  return (path, body, status) =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body);
      const request = http.request(
        `${server.url}${API_PREFIX}/programs/plaza/${path}`,
        {
          agent,
          method: 'POST',
          headers: {
            authorization: `Bearer ${secret}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          },
        },
        (response) => {
          response.resume();
          response.on('end', () =>
            response.statusCode === status ? resolve() : reject(new Error(`HTTP ${response.statusCode}`)),
          );
        },
      );
      request.on('error', reject);
      request.end(text);
    });
}

/** Processor seconds that a process has used, from the kernel; NaN where there is no /proc. */
function cpuSecondsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}
