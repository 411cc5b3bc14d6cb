import { Injectable } from '@nestjs/common';
import type { PartHealth } from '@verbena/shared/platform/health.js';
import { Clock } from '#platform/clock/clock.js';
import { type HealthPart, ReportsHealth } from '#platform/health/health-part.port.js';
import { TAKEN_MS } from './mail-sender.js';
import { MailService } from './mail.service.js';
import { MailsRepository } from './mails.repository.js';

const FAILED_MS = 60 * 60_000;

/** `kept`: there is no server, on purpose. `failing`: a mail was given up within the hour, or is being tried again. `stalled`: nobody sends. */
@Injectable()
@ReportsHealth()
export class MailHealth implements HealthPart {
  readonly part = 'mail';

  constructor(
    private readonly mail: MailService,
    private readonly mails: MailsRepository,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<PartHealth> {
    if (!this.mail.hasServer) return { status: 'ok', code: 'kept' };
    const nowMs = this.clock.now();
    const { isFailing, isStalled } = await this.mails.findTrouble(
      new Date(nowMs - FAILED_MS),
      new Date(nowMs - 2 * TAKEN_MS),
    );
    if (isFailing) return { status: 'degraded', code: 'failing' };
    return isStalled ? { status: 'degraded', code: 'stalled' } : { status: 'ok' };
  }
}
