import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
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
}

/**
 * Rate limits. Counting happens in this process, so a request waits for nothing; twice a second the counts are added up in
 * Redis and what all nodes counted comes back, so a limit may be passed by what arrives within half a second. Where each
 * attempt counts (log in) the sum is asked for at once, for at most 50 ms. Without Redis each node counts alone.
 */
@Injectable()
export class RateLimits implements OnModuleInit, OnModuleDestroy {
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
    refuseIf(one.window.secondsToWait(this.clock.now()));
    this.count(one, 1);
  }

  /** The same, by what all nodes have counted up to now. */
  async spendExactly(rule: RateRule, subject: string): Promise<void> {
    if (!this.config.rates.isOn) return;
    const one = this.subjectOf(rule, subject);
    refuseIf(one.window.secondsToWait(this.clock.now()));
    this.count(one, 1);
    await this.share([one], REDIS_WAIT_MS);
    // Our own attempt is within the sum, so it is taken out before asking whether it has room.
    one.window.add(this.clock.now(), -1);
    const seconds = one.window.secondsToWait(this.clock.now());
    one.window.add(this.clock.now(), 1);
    if (seconds === 0) return;
    this.count(one, -1);
    refuseIf(seconds);
  }

  /** Takes one back: an attempt that turned out to be none. */
  refund(rule: RateRule, subject: string): void {
    if (this.config.rates.isOn) this.count(this.subjectOf(rule, subject), -1);
  }

  private subjectOf(rule: RateRule, subject: string): Subject {
    const name = `${rule.name}:${subject}`;
    const known = this.subjects.get(name);
    if (known !== undefined) return known;
    if (this.subjects.size >= SUBJECTS_MAX) this.makeRoom();
    const made: Subject = { window: new SlidingWindow(rule), name, unshared: 0 };
    this.subjects.set(name, made);
    return made;
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
      if (batch.length > 0) await this.share(batch, SHARE_EVERY_MS);
      this.forgetOver();
    } finally {
      this.isSharing = false;
    }
  }

  /** Adds counts to Redis and adopts the sums; without an answer in time the counts stay ours alone. */
  private async share(batch: readonly Subject[], waitMs: number): Promise<void> {
    const told = batch.map((subject) => {
      const count = subject.unshared;
      subject.unshared = 0;
      return { subject, count };
    });
    if (!this.redis.isReady) return;
    const nowMs = this.clock.now();
    const commands = this.redis.commands.multi();
    for (const { subject, count } of told) {
      const { windowMs } = subject.window.rule;
      const index = subject.window.indexAt(nowMs);
      const key = this.redis.key('rate', subject.name, String(index));
      commands.incrBy(key, count).pExpire(key, 2 * windowMs);
      commands.get(this.redis.key('rate', subject.name, String(index - 1)));
    }
    const answers = await within(
      commands.execAsPipeline().catch(() => null),
      waitMs,
    );
    if (answers === null) return;
    for (const [place, { subject }] of told.entries()) {
      // What was counted while Redis answered is not in its sum.
      const present = Number(answers[3 * place] ?? 0) + subject.unshared;
      const former = Number(answers[3 * place + 2] ?? 0);
      if (subject.window.indexAt(nowMs) === subject.window.indexAt(this.clock.now())) {
        subject.window.adopt(nowMs, { former: Math.max(0, former), present: Math.max(0, present) });
      }
    }
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

function refuseIf(seconds: number): void {
  if (seconds > 0) throw new Refusal('rate.exceeded', { seconds });
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
