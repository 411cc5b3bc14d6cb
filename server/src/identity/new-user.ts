import type { Language } from '@verbena/shared/platform/localized-text.js';
import { ulid } from 'ulid';
import type { UserDocument } from './identity.schema.js';

/** A new login. */
export interface UserDraft {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
  /** The platform's own staff, who may create programs. */
  readonly operator?: boolean;
  /** False where nobody vouches for the address; an operator who makes a login does. */
  readonly isVerified?: boolean;
}

/** A new login as it is kept, with the hash that `NewPasswords` made of its password. */
export function newUser(draft: Omit<UserDraft, 'password'>, passwordHash: string, nowMs: number): UserDocument {
  return {
    _id: ulid(nowMs),
    email: normalizeEmail(draft.email),
    name: draft.name.trim(),
    language: draft.language,
    passwordHash,
    operator: draft.operator ?? false,
    emailVerifiedAt: draft.isVerified === false ? null : new Date(nowMs),
    secondFactor: null,
    enrolments: [],
    revision: 0,
    createdAt: new Date(nowMs),
  };
}

/** An e-mail address as it is compared and kept. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** Whether an address was ever shown to be its login's; logins of before there was mail have no date. */
export function isVerified({ emailVerifiedAt }: Pick<UserDocument, 'emailVerifiedAt'>): boolean {
  return (emailVerifiedAt ?? null) !== null;
}
