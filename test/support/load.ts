import { setTimeout as sleep } from 'node:timers/promises';
import { type ActivityDraft, recordActivities, recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { fillPath } from '@verbena/shared/platform/route.js';
import { aCoupon, aKey, aPurchase } from './factories.js';
import { Seeded } from './seeded.js';
import type { Story } from './story.js';

const CLIENTS = 24;
const PER_BATCH = 20;
const ANSWER_MS = 8_000;
const RETRY_MS = 25;

/** What passes by itself, so that the same key may be sent again. */
const PASSING: ReadonlySet<string> = new Set(['server.unavailable', 'server.failed', 'lane.busy', 'lane.moved']);

interface Posted {
  readonly status: number;
  readonly text: string;
  readonly isReplay: boolean;
}

/** The code of an answer that is no acknowledgement; throws where sending it again would not help. */
function passingCodeOf(answer: Posted | null): string {
  if (answer === null) return 'none';
  const { code } = JSON.parse(answer.text) as { code: string };
  if (!PASSING.has(code)) throw new Error(`${answer.status} ${answer.text}`);
  return code;
}

/**
 * Shops that never give up: each sends activities, half of them alone, half in batches, and whatever happens sends the same
 * key again until it is acknowledged. `acknowledged` holds every answer that arrived, byte for byte.
 */
export class Load {
  readonly acknowledged = new Map<string, string>();
  /** Keys whose acknowledgement said that it was a repeat: their first answer got lost. */
  replayed = 0;
  /** Attempts that got no acknowledgement, by the code of the refusal; `none`: no answer at all. */
  readonly failures = new Map<string, number>();
  /** Two different answers to one key. */
  readonly contradictions: string[] = [];
  private readonly random: Seeded;
  private readonly cards: readonly string[];
  private isRunning = true;
  private readonly clients: readonly Promise<void>[];

  constructor(
    private readonly story: Pick<Story, 'shop' | 'slug'>,
    seed: number,
    /** One member whose stream somebody follows. */
    watched: string = aKey('tarjeta'),
    /** How many send at once: the fewer, the sooner an acknowledgement is noticed. */
    clients = CLIENTS,
  ) {
    this.random = new Seeded(seed);
    this.cards = [watched, ...Array.from({ length: 60 }, () => aKey('tarjeta'))];
    this.clients = Array.from({ length: clients }, (_, index) => this.run(index % 2 === 0));
  }

  /** No new activities; resolves when the last one that was begun is acknowledged. */
  async finish(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.clients);
  }

  /** Sends everything that was acknowledged once more, and notes where the answer differs. */
  async askAgain(drafts: Iterable<ActivityDraft> = this.sent.values()): Promise<void> {
    const all = [...drafts];
    while (all.length > 0) await this.sendBatch(all.splice(0, 500), false);
  }

  private readonly sent = new Map<string, ActivityDraft>();
  private readonly waiting: (() => void)[] = [];

  /** Resolves in the very turn in which the next first acknowledgement arrives. */
  nextAcknowledgement(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private async run(isAlone: boolean): Promise<void> {
    while (this.isRunning) {
      const drafts = Array.from({ length: isAlone ? 1 : PER_BATCH }, () => this.next());
      for (const draft of drafts) this.sent.set(draft.key, draft);
      if (isAlone) await this.sendAlone(drafts[0] as ActivityDraft);
      else await this.sendBatch(drafts, true);
    }
  }

  private next(): ActivityDraft {
    const externalId = this.random.pick(this.cards);
    return this.random.next() < 0.8 ? aPurchase({ externalId }) : aCoupon({ externalId });
  }

  private async sendAlone(draft: ActivityDraft): Promise<void> {
    for (;;) {
      const answer = await this.post(recordActivity.path, draft);
      if (answer?.status === 201) return this.note(draft.key, answer.text, answer.isReplay);
      await this.pause(passingCodeOf(answer));
    }
  }

  private async sendBatch(drafts: readonly ActivityDraft[], isCounted: boolean): Promise<void> {
    let left = [...drafts];
    while (left.length > 0) {
      let refused = 'none';
      const answer = await this.post(recordActivities.path, { activities: left });
      if (answer?.status === 200) {
        const { results } = JSON.parse(answer.text) as {
          results: { status: string; code?: string; result?: { key: string } }[];
        };
        const again: ActivityDraft[] = [];
        for (const [index, { status, code, result }] of results.entries()) {
          const draft = left[index];
          if (draft === undefined) throw new Error('There are more answers than questions.');
          if (result !== undefined) this.note(draft.key, JSON.stringify(result), isCounted && status === 'replayed');
          else if (!PASSING.has(code ?? '')) throw new Error(`${draft.key}: ${code ?? ''}`);
          else {
            refused = code ?? '';
            again.push(draft);
          }
        }
        left = again;
      } else refused = passingCodeOf(answer);
      if (left.length > 0) await this.pause(refused);
    }
  }

  private note(key: string, text: string, isReplay: boolean): void {
    const before = this.acknowledged.get(key);
    if (before !== undefined && before !== text) this.contradictions.push(`${key}: ${before} and ${text}`);
    this.acknowledged.set(key, text);
    if (isReplay) this.replayed += 1;
    if (before === undefined) for (const resolve of this.waiting.splice(0)) resolve();
  }

  private async pause(code: string): Promise<void> {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
    await sleep(RETRY_MS + this.random.between(0, RETRY_MS));
  }

  private async post(path: string, body: unknown): Promise<Posted | null> {
    try {
      const { url, bearer } = this.story.shop;
      const response = await fetch(`${url}/api/v1${fillPath(path, { program: this.story.slug })}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer ?? ''}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await response.text();
      return { status: response.status, text, isReplay: response.headers.get('idempotency-replayed') === 'true' };
    } catch {
      // Nobody there, cut off, or too slow: the same key again.
      return null;
    }
  }
}
