import { Injectable } from '@nestjs/common';
import { typedName } from '@verbena/shared/platform/typed-text.js';
import * as z from 'zod/mini';
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

const ProgramName = typedName(120);

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
    return (await this.onlyPlaceOf(user)) ?? this.programs.findOnly();
  }

  private async onlyPlaceOf(user: UserDocument | null): Promise<Tenant | null> {
    const [only, other] = user?.enrolments ?? [];
    return only !== undefined && other === undefined ? this.programs.find(only.program) : null;
  }

  /** Writes a mail down; `code` makes the link of it. With `session` it counts with that transaction's commit. */
  async send(mail: AccountMail, occasion: MailOccasion, code: string | null, session?: Session): Promise<void> {
    const { user, baseUrl } = occasion;
    const found = await this.placeOf(occasion.program, user);
    // Whoever registers is about to join. A mail that anybody may ask for somebody else's login speaks only of its own places.
    const place = found !== null && (mail === 'verify' || hasPlace(user, found)) ? found : await this.onlyPlaceOf(user);
    const path = place === null ? '' : `/${place.slug}`;
    // What stands behind # never leaves the browser: no log and no other site sees the code.
    const link = `${baseUrl}${path}/${mail}#code=${code ?? ''}`;
    const { subject, text } = writeAccountMail(mail, {
      language: user.language,
      name: user.name,
      place: nameOf(place),
      link,
    });
    await this.mail.send(
      {
        to: user.email,
        user: user._id,
        language: user.language,
        subject,
        text,
        program: place !== null && isAtHome(user, place) ? { id: place.id, name: nameOf(place) } : null,
        holdsSecret: code !== null,
      },
      session,
    );
  }
}

/** Anybody may name any program; only one in which the login has a place, or that it is about to join, learns of the mail. */
function isAtHome(user: UserDocument, place: Tenant): boolean {
  return user.enrolments.length === 0 || hasPlace(user, place);
}

function hasPlace(user: UserDocument, place: Tenant): boolean {
  return user.enrolments.some(({ program }) => program === place.id);
}

/** A name of before names were checked may hold anything; then the program is called by its slug. */
function nameOf(place: Tenant | null): string {
  if (place === null) return 'Verbena';
  return z.safeParse(ProgramName, place.name).success ? place.name : place.slug;
}
