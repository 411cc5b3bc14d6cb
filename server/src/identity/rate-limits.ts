import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Redis } from '#platform/redis/redis.js';
import { type RateRule, SlidingWindow } from './sliding-window.js';

const SHARE_EVERY_MS = 500;
const REDIS_WAIT_MS = 50;
const SUBJECTS_MAX = 50_000;

interface Subject {
  readonly window: SlidingWindow;
  readonly name: string;
  /** Counted here and not yet told to Redis. */
  unshared: number;
  /** Told to Redis and not yet answered. */
  pending: number;
  /** The window in which it was last written down that this subject is over its limit. */
  loggedIndex: number | null;
}

/** What Redis says of a subject: all nodes together, in this window and the one before. */
interface Sum {
  readonly former: number;
  readonly present: number;
}

/**
 * Rate limits. Counting happens in this process, so a request waits for nothing; twice a second the counts are added up in
 * Redis and what all nodes counted comes back, so a limit may be passed by what arrives within half a second. Where each
 * attempt counts (log in) the sum is asked for at once, for at most 50 ms. Without Redis each node counts alone.
 */
@Injectable()
export class RateLimits implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Access');
  private readonly subjects = new Map<string, Subject>();
  private readonly unshared = new Set<Subject>();
  private timer: NodeJS.Timeout | undefined;
  private isSharing = false;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly clock: Clock,
    private readonly redis: Redis,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.shareAll(), SHARE_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Counts one, or throws `rate.exceeded` with the seconds to wait; what is refused is not counted. */
  spend(rule: RateRule, subject: string): void {
    if (!this.config.rates.isOn) return;
    const one = this.subjectOf(rule, subject);
    this.refuseIf(one, one.window.secondsToWait(this.clock.now()));
    this.count(one, 1);
  }

  /**
   * The same, by what all nodes have counted up to now. Redis puts all attempts in an order, so of any number at one
   * moment exactly as many pass as there is room for.
   */
  async spendExactly(rule: RateRule, subject: string): Promise<void> {
    if (!this.config.rates.isOn) return;
    this.spend(rule, subject);
    const one = this.subjectOf(rule, subject);
    const sum = (await within(this.share([one]), REDIS_WAIT_MS))?.[0];
    if (sum === undefined) return;
    const before = new SlidingWindow(rule);
    before.adopt(this.clock.now(), { former: sum.former, present: sum.present - 1 });
    const seconds = before.secondsToWait(this.clock.now());
    if (seconds > 0) this.count(one, -1);
    this.refuseIf(one, seconds);
  }

  /** Takes one back: an attempt that turned out to be none. */
  refund(rule: RateRule, subject: string): void {
    if (this.config.rates.isOn) this.count(this.subjectOf(rule, subject), -1);
  }

  /** What an answer says of a limit: how many a window, how many are left of it now, and in how many seconds all are there again. */
  headersOf(rule: RateRule, subject: string): Readonly<Record<string, string>> {
    if (!this.config.rates.isOn) return {};
    const { left, seconds } = this.subjectOf(rule, subject).window.stand(this.clock.now());
    return {
      'ratelimit-limit': String(rule.max),
      'ratelimit-remaining': String(left),
      'ratelimit-reset': String(seconds),
      'ratelimit-policy': `${rule.max};w=${rule.windowMs / 1_000}`,
    };
  }

  private subjectOf(rule: RateRule, subject: string): Subject {
    const name = `${rule.name}:${subject}`;
    const known = this.subjects.get(name);
    if (known !== undefined) return known;
    if (this.subjects.size >= SUBJECTS_MAX) this.makeRoom();
    const made: Subject = { window: new SlidingWindow(rule), name, unshared: 0, pending: 0, loggedIndex: null };
    this.subjects.set(name, made);
    return made;
  }

  /** One line a window, however often it asks: a flood of requests must not become a flood of lines. */
  private refuseIf(subject: Subject, seconds: number): void {
    if (seconds <= 0) return;
    const index = subject.window.indexAt(this.clock.now());
    if (subject.loggedIndex !== index)
      this.logger.warn(`Over the limit: ${subject.name.replace(/[^:|]*@[^|]*/g, '(an e-mail address)')}`);
    subject.loggedIndex = index;
    throw new Refusal(subject.window.rule.code ?? 'rate.exceeded', { seconds });
  }

  private count(subject: Subject, count: number): void {
    subject.window.add(this.clock.now(), count);
    subject.unshared += count;
    this.unshared.add(subject);
  }

  private async shareAll(): Promise<void> {
    if (this.isSharing) return;
    this.isSharing = true;
    try {
      const batch = [...this.unshared];
      this.unshared.clear();
      if (batch.length > 0) await this.share(batch);
      this.forgetOver();
    } finally {
      this.isSharing = false;
    }
  }

  /**
   * Adds counts to Redis and adopts the sums. One connection answers in order, so a sum holds all that was told before it
   * and nothing that was told later. Without an answer the counts stay ours alone, and are told
   * once it answers again.
   */
  private async share(batch: readonly Subject[]): Promise<readonly Sum[]> {
    const nowMs = this.clock.now();
    const told = batch.map((subject) => {
      const count = subject.unshared;
      subject.unshared = 0;
      return { subject, count, index: subject.window.indexAt(nowMs) };
    });
    if (!this.redis.isReady) {
      for (const { subject, count, index } of told) this.keep(subject, count, index);
      return [];
    }
    const commands = this.redis.commands.multi();
    for (const { subject, count, index } of told) {
      subject.pending += count;
      const key = this.redis.key('rate', subject.name, String(index));
      commands.incrBy(key, count).pExpire(key, 2 * subject.window.rule.windowMs);
      commands.get(this.redis.key('rate', subject.name, String(index - 1)));
    }
    // Away, or too slow: the node goes on counting for itself.
    const answers = await commands.execAsPipeline().catch(() => null);
    return told.flatMap(({ subject, count, index }, place) => {
      subject.pending -= count;
      if (answers === null) {
        this.keep(subject, count, index);
        return [];
      }
      const sum = { former: toCount(answers[3 * place + 2]), present: toCount(answers[3 * place]) };
      const present = Math.max(0, sum.present + subject.pending + subject.unshared);
      if (subject.window.indexAt(this.clock.now()) === index)
        subject.window.adopt(this.clock.now(), { ...sum, present });
      return [sum];
    });
  }

  /** Told to nobody, or without an answer: told again, for a sum of Redis without it would let more through than the limit. */
  private keep(subject: Subject, count: number, index: number): void {
    if (subject.window.indexAt(this.clock.now()) !== index) return;
    subject.unshared += count;
    this.unshared.add(subject);
  }

  private forgetOver(): void {
    const nowMs = this.clock.now();
    for (const [name, subject] of this.subjects) {
      if (subject.window.isOver(nowMs)) this.subjects.delete(name);
    }
  }

  private makeRoom(): void {
    this.forgetOver();
    for (const oldest of this.subjects.keys()) {
      if (this.subjects.size < SUBJECTS_MAX) return;
      this.subjects.delete(oldest);
    }
  }
}

function toCount(answer: unknown): number {
  return Math.max(0, Number(answer ?? 0));
}

async function within<T>(answer: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
