import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import type { MailDocument } from './mail.schema.js';
import { MailsRepository } from './mails.repository.js';
import { retryDelayMs, TRIES_MAX } from './retry-delay.js';
import { failureOf, Smtp } from './smtp.js';

const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 5;
/** Longer than any try can last; then a row that its taker did not finish is taken again. */
export const TAKEN_MS = 2 * 60_000;
/** A shutdown waits so long for what is being sent; then the row is taken again later. */
const FINISH_MS = 3_000;

/**
 * Sends what waits in `mails`, in the roles that work. It asks the database and needs no Redis; a row is taken by
 * compare-and-set, so any number of nodes may look.
 */
@Injectable()
export class MailSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Mail');
  private readonly smtp: Smtp | null;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly mails: MailsRepository,
    private readonly clock: Clock,
  ) {
    const { smtpUrl, from } = config.mail;
    this.smtp = smtpUrl === null ? null : new Smtp(smtpUrl, from);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role !== 'worker' && this.config.role !== 'all') return;
    if (this.smtp === null) {
      await this.mails.keepWaiting(new Date(this.clock.now()));
      return;
    }
    this.timer = setInterval(() => this.nudge(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Looks now, if this node sends at all and does not look already. */
  nudge(): void {
    if (this.timer === null || this.running !== null) return;
    this.running = this.sendDue()
      .catch((error: unknown) => this.logger.debug(String(error)))
      .finally(() => {
        this.running = null;
      });
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    const late = new Promise<void>((resolve) => setTimeout(resolve, FINISH_MS).unref());
    await Promise.race([this.running, late]);
    this.smtp?.close();
  }

  private async sendDue(): Promise<void> {
    for (;;) {
      const due = await this.mails.listDue(new Date(this.clock.now()));
      if (due.length === 0) return;
      for (let from = 0; from < due.length; from += AT_ONCE) {
        if (this.timer === null) return;
        const some = await this.mails.readWaiting(due.slice(from, from + AT_ONCE));
        // Another node may have tried one meanwhile and put it off.
        const now = new Date(this.clock.now());
        await Promise.all(some.filter(({ dueAt }) => dueAt <= now).map((mail) => this.send(mail)));
      }
    }
  }

  private async send(mail: MailDocument): Promise<void> {
    if (!(await this.mails.take(mail, new Date(this.clock.now() + TAKEN_MS)))) return;
    const tries = mail.tries + 1;
    try {
      if (this.smtp === null || mail.text === null) throw new Error('There is nothing to send, or nobody to send it.');
      await this.smtp.send({ ...mail, text: mail.text });
    } catch (error) {
      await this.fail(mail, tries, error);
      return;
    }
    const at = new Date(this.clock.now());
    await this.mails.finish(mail._id, tries, { status: 'sent', text: null, sentAt: at, dueAt: at, error: null });
  }

  private async fail(mail: MailDocument, tries: number, cause: unknown): Promise<void> {
    const error = failureOf(cause);
    this.logger.warn(`Mail ${mail._id} was not taken (try ${tries} of ${TRIES_MAX}): ${error}`);
    const nowMs = this.clock.now();
    if (tries < TRIES_MAX) {
      await this.mails.finish(mail._id, tries, { dueAt: new Date(nowMs + retryDelayMs(tries)), error });
      return;
    }
    const text = mail.holdsSecret ? null : mail.text;
    await this.mails.finish(mail._id, tries, { status: 'failed', text, dueAt: new Date(nowMs), error });
  }
}
