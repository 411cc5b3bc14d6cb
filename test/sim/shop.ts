import { resultOf } from '@verbena/server/ledger/activity-result.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { Refusal } from '@verbena/server/platform/errors/refusal.js';
import type { Act, SimNode } from './sim-node.js';
import type { World } from './world.js';

export interface RequestWeather {
  readonly lostRequest: number;
  readonly lostReply: number;
  /** The same request is sent a second time at once. */
  readonly twice: number;
  /** The same request comes again long after it was answered. */
  readonly again: number;
  /** The same key comes with another body after it was answered. */
  readonly otherBody: number;
}

/** An act whose answer depends on one that somebody was given before. */
export type Plan = Act | { readonly key: string; readonly takesBack: string; readonly part: number | null };

export interface Acknowledged {
  readonly act: Act;
  readonly entry: JournalEntry;
  readonly text: string;
}

const ANSWER_MS = 3_000;
const RETRY_MS = 150;
/** Refusals that say that the same key may be sent again. */
const PASSING: ReadonlySet<string> = new Set([
  'server.unavailable',
  'lane.busy',
  'lane.moved',
  // The node's clock is behind; another one, or the same later, knows better.
  'activity.inFuture',
  // The entry to take back is there, or will be when this node can be asked.
  'server.failed',
]);
const FINAL: ReadonlySet<string> = new Set([
  'activity.alreadyReversed',
  'activity.notReversible',
  'activity.nothingReturned',
  // More would remain than a return before this one left.
  'input.invalid',
  'activity.tooLate',
  'activity.undoTooLate',
]);

/** What everybody who sends was told. */
export class Promises {
  readonly acknowledged = new Map<string, Acknowledged>();
  readonly refused = new Map<string, string>();
  /** Two different answers to one key, and refusals that may not be. */
  readonly broken: string[] = [];

  take(act: Act, entry: JournalEntry): void {
    const text = JSON.stringify(resultOf(entry));
    const before = this.acknowledged.get(act.key);
    if (before !== undefined && before.text !== text) this.broken.push(`${act.key}: ${before.text} and ${text}`);
    // What came too late for an account may be in time for the one that it was joined to meanwhile.
    const isElsewhere = this.refused.get(act.key) === 'activity.tooLate' && entry.member !== act.member;
    if (act.kind !== 'undo' && this.refused.has(act.key) && !isElsewhere)
      this.broken.push(`${act.key}: refused (${this.refused.get(act.key)}) and recorded`);
    this.acknowledged.set(act.key, before ?? { act, entry, text });
  }
}

/** A sender that never gives up: one act after another, each with the same key until it is answered. */
export class Shop {
  isDone = false;

  constructor(
    private readonly world: World,
    private readonly plans: readonly Plan[],
    private readonly promises: Promises,
    private readonly pickNode: () => SimNode | null,
    private readonly weather: () => RequestWeather,
  ) {}

  async run(): Promise<void> {
    for (const plan of this.plans) {
      await this.world.wait(null, this.world.random.between(0, 120), 'a shop goes on');
      const act = this.actOf(plan);
      if (act !== null) await this.insist(act);
    }
    this.isDone = true;
  }

  /** What a plan comes to: of something that was never recorded nothing can be taken back. */
  private actOf(plan: Plan): Act | null {
    if (!('takesBack' in plan)) return plan;
    const target = this.promises.acknowledged.get(plan.takesBack);
    if (target === undefined) return null;
    // As the answer said: meanwhile the account may have been joined to another one, in whose journal it stands.
    const { member } = target.entry;
    if (target.act.kind === 'hand') return { kind: 'undo', key: plan.key, member, seq: target.entry.seq };
    const total = target.act.kind === 'shop' ? target.act.draft.attributes?.['totalMinor'] : undefined;
    const reverse = { kind: 'reverse', key: plan.key, member, of: plan.takesBack } as const;
    // Less than there was, of a purchase: a return in part, decided again on what remains.
    return plan.part !== null && typeof total === 'number'
      ? { ...reverse, remaining: { totalMinor: Math.floor(total * plan.part), privateLabelMinor: 0 } }
      : reverse;
  }

  private async insist(act: Act): Promise<void> {
    const { twice, again, otherBody } = this.weather();
    while (!this.isAnswered(act)) {
      if (this.world.chance(twice)) void this.ask(act);
      await this.ask(act);
      if (!this.isAnswered(act)) await this.world.wait(null, RETRY_MS, `${act.key} is sent again`);
    }
    if (this.world.chance(again))
      this.world.after(
        null,
        this.world.random.between(0, 4_000),
        `${act.key} comes once more`,
        () => void this.ask(act),
      );
    if (act.kind === 'shop' && this.world.chance(otherBody) && this.promises.acknowledged.has(act.key))
      void this.ask({ ...act, draft: { ...act.draft, occurredAt: '2026-01-02T03:04:05.678Z' } }, true);
  }

  private isAnswered({ key }: Act): boolean {
    return this.promises.acknowledged.has(key) || this.promises.refused.has(key);
  }

  /** Resolves when an answer came, or patience ended. `isOther`: only a refusal may come. */
  private ask(act: Act, isOther = false): Promise<void> {
    const { world } = this;
    const { lostRequest, lostReply } = this.weather();
    return new Promise((resolve) => {
      world.after(null, ANSWER_MS, `${act.key} waited`, resolve);
      const node = this.pickNode();
      if (node === null || world.chance(lostRequest)) return;
      void this.deliver(node, act).then(async (answer) => {
        if (world.chance(lostReply)) return;
        await world.wait(null, world.latencyMs, `${act.key} answered`);
        this.note(act, answer, isOther);
        resolve();
      });
    });
  }

  private async deliver(node: SimNode, act: Act): Promise<JournalEntry | Refusal> {
    await this.world.wait(node.process, this.world.latencyMs, `${act.key} at ${node.process.name}`);
    try {
      return await node.take(act);
    } catch (error) {
      // A line to the database that broke under a question is a 500, which passes.
      if (error instanceof Refusal) return error;
      if (error instanceof Error && error.name.startsWith('Mongo')) return new Refusal('server.failed');
      throw error;
    }
  }

  private note(act: Act, answer: JournalEntry | Refusal, isOther: boolean): void {
    if (isOther) {
      const isRight = answer instanceof Refusal && (answer.code === 'activity.keyReused' || PASSING.has(answer.code));
      if (!isRight) this.promises.broken.push(`${act.key} with another body was not refused`);
      return;
    }
    if (!(answer instanceof Refusal)) this.promises.take(act, answer);
    else if (FINAL.has(answer.code)) {
      if (this.promises.acknowledged.has(act.key) && act.kind !== 'reverse' && act.kind !== 'undo')
        this.promises.broken.push(`${act.key}: recorded and refused (${answer.code})`);
      this.promises.refused.set(act.key, answer.code);
    } else if (!PASSING.has(answer.code)) this.promises.broken.push(`${act.key}: ${answer.code}`);
  }
}
