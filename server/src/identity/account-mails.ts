import { Injectable } from '@nestjs/common';
import type { Tenant } from '#platform/http/tenant.js';
import { MailService } from '#platform/mail/mail.service.js';
import type { Session } from '#platform/mongo/mongo.js';
import { type AccountMail, writeAccountMail } from './account-mail-words.js';
import type { UserDocument } from './identity.schema.js';
import { ProgramFinder } from './program-finder.js';

/** Whose account it is about, and what the request said of its place. */
export interface MailOccasion {
  readonly user: UserDocument;
  /** The program that the request named, by slug. */
  readonly program?: string | undefined;
  readonly baseUrl: string;
}

/** The mails about accounts: whose name they have, where their link leads, on whose staff page they stand. */
@Injectable()
export class AccountMails {
  constructor(
    private readonly programs: ProgramFinder,
    private readonly mail: MailService,
  ) {}

  /** The program that was named, else the login's only one, else the only one there is. */
  async placeOf(named: string | undefined, user: UserDocument | null): Promise<Tenant | null> {
    const found = named === undefined ? null : await this.programs.find(named);
    if (found !== null) return found;
    const [only, other] = user?.enrolments ?? [];
    if (only !== undefined && other === undefined) return this.programs.find(only.program);
    return this.programs.findOnly();
  }

  /** Writes a mail down; `code` makes the link of it. With `session` it counts with that transaction's commit. */
  async send(mail: AccountMail, occasion: MailOccasion, code: string | null, session?: Session): Promise<void> {
    const { user, baseUrl } = occasion;
    const place = await this.placeOf(occasion.program, user);
    const path = place === null ? '' : `/${place.slug}`;
    // What stands behind # never leaves the browser: no log and no other site sees the code.
    const link = `${baseUrl}${path}/${mail}#code=${code ?? ''}`;
    const { subject, text } = writeAccountMail(mail, {
      language: user.language,
      name: user.name,
      place: place?.name ?? 'Verbena',
      link,
    });
    await this.mail.send(
      {
        to: user.email,
        user: user._id,
        language: user.language,
        subject,
        text,
        program: place !== null && isAtHome(user, place) ? { id: place.id, name: place.name } : null,
        holdsSecret: code !== null,
      },
      session,
    );
  }
}

/** Anybody may name any program; only one in which the login has a place, or that it is about to join, learns of the mail. */
function isAtHome(user: UserDocument, place: Tenant): boolean {
  return user.enrolments.length === 0 || user.enrolments.some(({ program }) => program === place.id);
}
