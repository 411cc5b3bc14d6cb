// Runs in each file of flows before its tests: whatever a server of theirs answers below `/api` is held against the OpenAPI document that
// it prints, and a test in which an answer was another one fails.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ApiDocument, DescribedAnswers, type GivenAnswer } from './described-answers.js';

const send = globalThis.fetch;
/** Every server of one run prints the same, so the first prints it for all files. */
const kept = path.join(process.env['VERBENA_TEST_DIR'] ?? '', 'openapi.json');
let described: DescribedAnswers | null = null;
let answers: GivenAnswer[] = [];

globalThis.fetch = async (input, init) => {
  const response = await send(input, init);
  const url = new URL(input instanceof Request ? input.url : input);
  if (!url.pathname.startsWith('/api/')) return response;
  described ??= await read(url.origin);
  const text = await response.clone().text();
  const method = (init?.method ?? 'GET').toUpperCase();
  // Neither has an answer of its own in the document.
  if (method !== 'HEAD' && method !== 'OPTIONS')
    answers.push({
      ...{ method, path: url.pathname, status: response.status, text },
      type: response.headers.get('content-type'),
    });
  return response;
};

async function read(origin: string): Promise<DescribedAnswers | null> {
  if (!existsSync(kept)) {
    // Of a server that does not show it, or that counts who asks too closely, none is taken: another one will print it.
    const response = await send(`${origin}/api/openapi.json`).catch(() => null);
    if (response?.status !== 200) return null;
    const mine = `${kept}.${process.pid}`;
    writeFileSync(mine, await response.text());
    renameSync(mine, kept);
  }
  return new DescribedAnswers(JSON.parse(readFileSync(kept, 'utf8')) as ApiDocument);
}

afterEach(hold);
afterAll(() => {
  hold();
  if (answers.length > 0) throw new Error('No server of this file showed the document of its API.');
});

function hold(): void {
  const document = described;
  if (document === null) return;
  const faults = new Set(answers.flatMap((answer) => document.faultOf(answer) ?? []));
  answers = [];
  if (faults.size > 0)
    throw new Error(`Answers that the API's own document does not describe:\n${[...faults].join('\n')}`);
}
