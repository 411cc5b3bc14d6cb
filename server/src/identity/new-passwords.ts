import { Injectable } from '@nestjs/common';
import { Refusal } from '#platform/errors/refusal.js';
import type { Tenant } from '#platform/http/tenant.js';
import type { UserDocument } from './identity.schema.js';
import { knownPasswords } from './known-passwords.js';
import { passwordFaultOf } from './password-fault.js';
import { hashPassword } from './passwords.js';
import { ProgramFinder } from './program-finder.js';

/** Whose password it becomes. */
export type PasswordOwner = Pick<UserDocument, 'email' | 'name'> & Partial<Pick<UserDocument, 'enrolments'>>;

/** Every password that somebody chooses comes by here before it is kept. */
@Injectable()
export class NewPasswords {
  constructor(private readonly programs: ProgramFinder) {}

  /**
   * The hash of a new password; `place` is a program beside those in which its owner has a place. Throws `input.invalid` with
   * the field `password` and its fault: control signs, too few signs, the owner's own words, known from leaks.
   */
  async hash(password: string, owner: PasswordOwner, place: Tenant | null = null): Promise<string> {
    const found = await Promise.all((owner.enrolments ?? []).map(({ program }) => this.programs.find(program)));
    const names = [place, ...found].flatMap((program) => (program === null ? [] : [program.name, program.slug]));
    const fault = passwordFaultOf(password, [owner.email, owner.name, ...names, 'Verbena'], await knownPasswords());
    if (fault !== null) throw new Refusal('input.invalid', {}, [{ path: ['password'], code: fault }]);
    return hashPassword(password);
  }
}
