import type { ActivityDraft, BatchResult } from '@verbena/shared/activities/activities.routes.js';
import { ContractClient, type Transport, Unreachable, type WireResponse } from '#commands/contract-client.js';
import { sendBatch } from './send-batch.js';

const draft = (key: string): ActivityDraft => ({ key, type: 'purchase', member: { externalId: 'm' } });
const accepted = (key: string): BatchResult => ({
  status: 'accepted',
  result: {
    id: 'a'.repeat(22),
    key,
    type: 'purchase',
    member: '01M820EKJSHAWDQ4AC6HABJ9FX',
    seq: 1,
    outcome: 'accepted',
    refusal: null,
    occurredAt: '2017-01-01T00:00:00.000Z',
    at: '2017-01-01T00:00:00.000Z',
    lines: [],
    effects: [],
    balances: {},
  },
});
const refused = (key: string, code: string): BatchResult => ({ status: 'refused', key, code, detail: code });
const ok = (results: BatchResult[]): WireResponse => ({
  status: 200,
  retryAfter: null,
  text: JSON.stringify({ results }),
});
const problem = (status: number, code: string, retryAfter: string | null = null): WireResponse => ({
  status,
  retryAfter,
  text: JSON.stringify({ type: 'x', title: 'x', status, code, traceId: 't' }),
});

/** A server that gives these answers in turn, and notes which keys it was sent. */
function serverOf(answers: readonly (WireResponse | Error)[]): { client: ContractClient; sent: string[][] } {
  const sent: string[][] = [];
  const left = [...answers];
  const transport: Transport = {
    send: async ({ body }) => {
      const { activities }: { activities: { key: string }[] } = JSON.parse(body ?? '');
      sent.push(activities.map(({ key }) => key));
      const answer = left.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often');
      return answer;
    },
    close: async () => undefined,
  };
  return { client: new ContractClient(transport), sent };
}

test('"slower" and a server that does not answer are waited for, then the same batch is sent again', async () => {
  const { client, sent } = serverOf([
    problem(429, 'lane.busy', '0'),
    new Unreachable('gone'),
    ok([accepted('a'), accepted('b')]),
  ]);
  const results = await sendBatch(client, 'p', [draft('a'), draft('b')]);
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  expect(sent).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b'],
  ]);
});

test('places that could not be taken now are sent again in their order, the others keep their answers', async () => {
  const { client, sent } = serverOf([
    ok([
      accepted('a'),
      refused('b', 'server.unavailable'),
      refused('c', 'activity.keyReused'),
      refused('d', 'lane.moved'),
    ]),
    ok([accepted('b'), accepted('d')]),
  ]);
  const results = await sendBatch(client, 'p', [draft('a'), draft('b'), draft('c'), draft('d')]);
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'refused', 'accepted']);
  expect(sent[1]).toEqual(['b', 'd']);
});

test('what is too large goes in halves, in order', async () => {
  const { client, sent } = serverOf([
    problem(413, 'input.tooLarge'),
    ok([accepted('a'), accepted('b')]),
    ok([accepted('c')]),
  ]);
  await sendBatch(client, 'p', [draft('a'), draft('b'), draft('c')]);
  expect(sent).toEqual([['a', 'b', 'c'], ['a', 'b'], ['c']]);
});

test('what is final for the whole batch is thrown with its sentence', async () => {
  const { client } = serverOf([problem(404, 'program.notFound')]);
  await expect(sendBatch(client, 'p', [draft('a')])).rejects.toMatchObject({ problem: { code: 'program.notFound' } });
});

test('an interrupt ends the waiting', async () => {
  const { client } = serverOf([problem(429, 'lane.busy', '60')]);
  const abort = new AbortController();
  const sending = sendBatch(client, 'p', [draft('a')], abort.signal);
  setImmediate(() => abort.abort());
  await expect(sending).rejects.toThrow();
});
