import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ActivityDraft,
  type BatchResult,
  recordActivities,
} from '@verbena/shared/activities/activities.routes.js';
import { ERRORS } from '@verbena/shared/manifests.js';
import { CallRefused, type ContractClient, Unreachable } from '#commands/contract-client.js';

/** How long a server that does not answer, or answers 503, is waited for; "slower" (429) is waited for without end. */
const PATIENCE_MS = 90_000;
const PAUSE_MS = 1_000;

/**
 * Sends one batch until every place has its final answer: what the server could not take now is sent again after the time
 * that it asks for, as it is; its keys make that harmless. Answers in the order of the drafts. Throws what is final for the
 * whole batch, and `Unreachable` when the patience is over; `signal` ends the waiting, not a batch in flight.
 */
export async function sendBatch(
  client: ContractClient,
  program: string,
  drafts: readonly ActivityDraft[],
  signal?: AbortSignal,
): Promise<readonly BatchResult[]> {
  const settled: (BatchResult | undefined)[] = drafts.map(() => undefined);
  let pending = drafts.map((_, index) => index);
  let failingSince: number | null = null;
  while (pending.length > 0) {
    const activities = pending.flatMap((index) => drafts[index] ?? []);
    const answer = await tryOnce(client, program, activities);
    if (answer.kind === 'tooLarge') return sendHalves(client, program, drafts, signal);
    if (answer.kind === 'results') {
      failingSince = null;
      pending = pending.filter((place, index) => {
        const result = answer.results[index];
        if (result === undefined || isTemporary(result)) return true;
        settled[place] = result;
        return false;
      });
      if (pending.length > 0) await sleep(PAUSE_MS, undefined, { signal });
      continue;
    }
    failingSince = answer.isPatient ? null : (failingSince ?? Date.now());
    if (failingSince !== null && Date.now() - failingSince > PATIENCE_MS) throw answer.error;
    await sleep(answer.waitMs, undefined, { signal });
  }
  return settled.filter((one) => one !== undefined);
}

type Attempt =
  | { readonly kind: 'results'; readonly results: readonly BatchResult[] }
  | { readonly kind: 'wait'; readonly waitMs: number; readonly isPatient: boolean; readonly error: Error }
  | { readonly kind: 'tooLarge' };

async function tryOnce(
  client: ContractClient,
  program: string,
  activities: readonly ActivityDraft[],
): Promise<Attempt> {
  try {
    const { results } = await client.call(recordActivities, {
      params: { program },
      body: { activities: [...activities] },
    });
    return { kind: 'results', results };
  } catch (error) {
    if (error instanceof Unreachable) return { kind: 'wait', waitMs: PAUSE_MS, isPatient: false, error };
    if (!(error instanceof CallRefused)) throw error;
    if (error.problem.code === 'input.tooLarge' && activities.length > 1) return { kind: 'tooLarge' };
    if (!error.isTemporary) throw error;
    return {
      kind: 'wait',
      waitMs: error.retryAfterMs ?? PAUSE_MS,
      isPatient: error.problem.status === 429,
      error,
    };
  }
}

async function sendHalves(
  client: ContractClient,
  program: string,
  drafts: readonly ActivityDraft[],
  signal?: AbortSignal,
): Promise<readonly BatchResult[]> {
  const middle = Math.ceil(drafts.length / 2);
  const first = await sendBatch(client, program, drafts.slice(0, middle), signal);
  return [...first, ...(await sendBatch(client, program, drafts.slice(middle), signal))];
}

/** A place that was refused only for now. */
function isTemporary(result: BatchResult): boolean {
  if (result.status !== 'refused') return false;
  const known = Object.entries(ERRORS).find(([code]) => code === result.code);
  return known !== undefined && (known[1].status === 429 || known[1].status === 503);
}
