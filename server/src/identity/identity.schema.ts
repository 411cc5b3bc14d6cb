import type { KeyPermission } from '@verbena/shared/identity/permissions.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Enrolment } from './decide-access.js';

/** A login. Personal data, which nothing outside identity stores. */
export interface UserDocument {
  _id: string;
  /** Lower case; unique. */
  email: string;
  name: string;
  language: Language;
  /** argon2id, with its parameters and salt. */
  passwordHash: string;
  operator: boolean;
  enrolments: Enrolment[];
  /** The members of the enrolments, absent when there is none: a unique index keeps one login to a member. */
  members?: string[];
  /** Rises with each change of the enrolments, which are replaced whole. */
  revision: number;
  createdAt: Date;
}

/** A refresh secret that was replaced, and the salt that leads from it to the next one. */
export interface SupersededSecret {
  readonly hash: string;
  readonly salt: string;
  readonly at: Date;
}

/** One login on one device. */
export interface SessionDocument {
  _id: string;
  user: string;
  /** SHA-256 of the secret that is valid now. */
  current: string;
  /** The last ones before it, oldest first, for tabs that send them at the same moment. */
  superseded: SupersededSecret[];
  createdAt: Date;
  /** When it ends unless it is used; a TTL index removes it then. */
  expiresAt: Date;
  endedAt: Date | null;
  endedBy: 'logout' | 'replay' | null;
}

/** A key with which a program's systems speak to us. */
export interface ApiKeyDocument {
  _id: string;
  program: string;
  /** The partner that the key speaks for; null is the program itself. */
  brand: string | null;
  name: string;
  /** SHA-256 of the secret. */
  hash: string;
  types: string[];
  permissions: KeyPermission[];
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/**
 * A secret that opens something once. Where only the newest of its kind may count, `_id` is the place that it has to itself;
 * a newer one takes that place and the older one is gone.
 */
export interface OneTimeCodeDocument {
  _id: string;
  purpose: 'verify' | 'reset' | 'claim';
  /** SHA-256 of the code with its purpose; unique. */
  hash: string;
  /** Whom it is for: a login, or for `claim` the member that is taken over. */
  subject: string;
  createdAt: Date;
  /** A TTL index removes it then; one that was used is removed at once. */
  expiresAt: Date;
}
