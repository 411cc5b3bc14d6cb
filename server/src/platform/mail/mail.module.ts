import { Global, Module } from '@nestjs/common';
import { MailHealth } from './mail.health.js';
import { MailSender } from './mail-sender.js';
import { MailService } from './mail.service.js';
import { MailsController } from './mails.controller.js';
import { MailsRepository } from './mails.repository.js';

/**
 * Owns: `mails`. Takes in: messages, and who receives them (port `MailRecipients`). Gives out: what a server took, or what the
 * staff page shows where there is none.
 */
@Global()
@Module({
  controllers: [MailsController],
  providers: [MailsRepository, MailSender, MailService, MailHealth],
  exports: [MailService],
})
export class MailModule {}
