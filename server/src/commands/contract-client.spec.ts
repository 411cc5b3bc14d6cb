import { exportMembers } from '@verbena/shared/ledger/ledger.routes.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { CallRefused, ContractClient, type WireRequest, type WireResponse } from './contract-client.js';

function clientOf(response: WireResponse): { client: ContractClient; sent: WireRequest[] } {
  const sent: WireRequest[] = [];
  const send = async (request: WireRequest) => {
    sent.push(request);
    return response;
  };
  return { client: new ContractClient({ send, close: async () => undefined }), sent };
}

test('a call fills the path, writes the query, and reads what the contract says', async () => {
  const { client, sent } = clientOf({ status: 200, retryAfter: null, text: '{"items":[],"next":null}' });
  const input = { params: { program: 'la plaza' }, query: { limit: '10' } };
  expect(await client.call(exportMembers, input)).toEqual({ items: [], next: null });
  expect(sent).toEqual([{ method: 'GET', path: '/api/v1/programs/la%20plaza/export/members?limit=10', body: null }]);
});

test('a refusal reads as a sentence in the language of the person, with the fields that are wrong', async () => {
  const text = JSON.stringify({
    type: 'x',
    title: 'x',
    status: 400,
    code: 'input.invalid',
    fields: [{ path: ['slug'], code: 'required' }],
    traceId: 't',
  });
  const { client } = clientOf({ status: 400, retryAfter: null, text });
  const refusal = await client.call(getProgram, { params: { program: 'x' } }).catch((error: unknown) => error);
  if (!(refusal instanceof CallRefused)) throw new Error('It was not refused.');
  expect(refusal.explain('es')).toBe('Revisa los campos señalados.\n  slug: Falta este campo.');
  expect(refusal.isTemporary).toBe(false);
});

test('an answer that is not ours, as of a proxy in between, counts as a server that is away', async () => {
  const { client } = clientOf({ status: 502, retryAfter: '7', text: '<html>' });
  const refusal = await client.call(getProgram, { params: { program: 'x' } }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ retryAfterMs: 7_000, isTemporary: true, problem: { code: 'server.unavailable' } });
});
