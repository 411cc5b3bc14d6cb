import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { MailView } from '@verbena/shared/platform/mails.routes.js';
import { ulid } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import type { MailDocument } from './mail.schema.js';
import { KnowsRecipients, type MailRecipients } from './mail-recipients.port.js';
import { MailSender } from './mail-sender.js';
import { MailsRepository } from './mails.repository.js';

/** A message to one login. */
export interface MailDraft {
  readonly to: string;
  /** The login that receives it. */
  readonly user: string;
  readonly language: Language;
  readonly subject: string;
  /** Plain text, paragraphs parted by an empty line; an address that is one of them becomes a link. */
  readonly text: string;
  /** The program whose staff see it, and whose name stands before the sender's address; null is Verbena's own. */
  readonly program: { readonly id: string; readonly name: string } | null;
  /** It holds a link or a code that opens something. */
  readonly holdsSecret: boolean;
}

const PAGE_DEFAULT = 50;

/** Mails: written down here, sent by whoever works, shown to owners. */
@Injectable()
export class MailService implements OnModuleInit {
  private recipients: MailRecipients | null = null;

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(Config) private readonly config: Config,
    private readonly repository: MailsRepository,
    private readonly sender: MailSender,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const found = this.discovery.getProviders({ metadataKey: KnowsRecipients.KEY });
    if (found.length !== 1) throw new Error(`Exactly one class tells who receives mails, not ${found.length}.`);
    this.recipients = found[0]?.instance as MailRecipients;
  }

  /**
   * Hands a mail over: it is written down, and nobody waits for a server. With `session` it counts with that transaction's
   * commit. Without an SMTP server it stays where owners read it.
   */
  async send(draft: MailDraft, session?: Session): Promise<void> {
    const nowMs = this.clock.now();
    const { program, ...rest } = draft;
    const mail: MailDocument = {
      _id: ulid(nowMs),
      program: program?.id ?? null,
      fromName: program?.name ?? this.config.mail.from.name,
      ...rest,
      status: this.hasServer ? 'waiting' : 'kept',
      tries: 0,
      dueAt: new Date(nowMs),
      createdAt: new Date(nowMs),
      sentAt: null,
      error: null,
    };
    session?.once('ended', () => this.sender.nudge());
    await this.repository.insert(mail, session);
    if (session === undefined) this.sender.nudge();
  }

  get hasServer(): boolean {
    return this.config.mail.smtpUrl !== null;
  }

  /**
   * A page of a program's mails, newest first; `next` goes on behind it. A text with a secret can be read only where it was
   * kept and opens nothing but a member's login of this very program; a command of this machine, which may do anything, reads
   * every text there is.
   */
  async list(
    scope: Scope,
    page: { readonly after: string | null; readonly limit?: number | undefined },
    actor: Actor,
  ): Promise<{ items: MailView[]; next: string | null; hasServer: boolean }> {
    const limit = page.limit ?? PAGE_DEFAULT;
    const found = await this.repository.list(scope, page.after, limit + 1);
    const shown = found.slice(0, limit);
    const open = await this.readable(scope, shown, actor);
    const items = shown.map((mail) => viewOf(mail, !open.has(mail._id)));
    return { items, next: found.length > limit ? (shown.at(-1)?._id ?? null) : null, hasServer: this.hasServer };
  }

  /** The text of a mail, noted in the audit log beforehand. Throws `mail.notFound`, also where `list` says that it is hidden. */
  async read(scope: Scope, id: string, actor: Actor): Promise<string> {
    const mail = await this.repository.find(scope, id);
    if (mail === null || mail.text === null || !(await this.readable(scope, [mail], actor)).has(id))
      throw new Refusal('mail.notFound');
    await this.theRecipients.noteReading(scope, actor, { id, user: mail.user });
    return mail.text;
  }

  /** Of these mails, those whose text this reader may see. What a server takes, or will take, has its own reader. */
  private async readable(scope: Scope, mails: readonly MailDocument[], actor: Actor): Promise<ReadonlySet<string>> {
    const users = [...new Set(mails.filter((mail) => mail.holdsSecret).map((mail) => mail.user))];
    const open = actor.kind === 'local' ? new Set(users) : await this.theRecipients.membersOnlyHere(scope, users);
    const isReadable = ({ text, holdsSecret, status, user }: MailDocument) =>
      text !== null && (!holdsSecret || (status === 'kept' && open.has(user)));
    return new Set(mails.filter(isReadable).map(({ _id }) => _id));
  }

  private get theRecipients(): MailRecipients {
    if (this.recipients === null) throw new Error('Who receives mails is known after boot only.');
    return this.recipients;
  }
}

function viewOf(mail: MailDocument, isHidden: boolean): MailView {
  return {
    id: mail._id,
    to: mail.to,
    subject: mail.subject,
    isHidden,
    status: mail.status,
    tries: mail.tries,
    createdAt: mail.createdAt.toISOString(),
    sentAt: mail.sentAt?.toISOString() ?? null,
    error: mail.error,
  };
}
