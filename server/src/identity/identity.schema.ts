import type { KeyMode, KeySource } from '@verbena/shared/identity/api-keys.routes.js';
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
  /** When somebody showed that this address is theirs; absent in logins of before there was mail. */
  emailVerifiedAt?: Date | null;
  secondFactor?: SecondFactorState | null;
  enrolments: Enrolment[];
  /** The members of the enrolments, absent when there is none: a unique index keeps one login to a member. */
  members?: string[];
  /** Rises with each change of the enrolments, which are replaced whole. */
  revision: number;
  createdAt: Date;
}

/** An authenticator app (RFC 6238), begun or set up. */
export interface SecondFactorState {
  /** The shared secret, sealed with the installation's key for this login. */
  readonly secret: string;
  /** False until a code of the app was shown. */
  readonly isOn: boolean;
  /** The last half minute whose code was used; a code is good once. */
  readonly lastStep: number;
  /** Hashes (argon2id) of the recovery codes that are left. */
  readonly recoveryCodes: readonly string[];
  readonly since: Date;
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
  /** When its cookie was last exchanged; absent in older ones. */
  lastUsedAt?: Date;
  /** What the browser said of itself at log in, cut; absent in older ones. */
  userAgent?: string;
  /** Until when it may give points without being asked for the second factor. */
  secondFactorUntil?: Date | null;
  /** When it ends unless it is used; a TTL index removes it then. */
  expiresAt: Date;
  endedAt: Date | null;
  endedBy: SessionEnd | null;
}

/** `elsewhere`: from another device, or everywhere at once. `password`: it was changed. */
export type SessionEnd = 'logout' | 'replay' | 'elsewhere' | 'password';

/** A key with which a program's systems speak to us. */
export interface ApiKeyDocument {
  _id: string;
  program: string;
  /** Absent from keys of before there was another: `live`. */
  mode?: KeyMode;
  /** For whom it speaks; absent from keys of before it could be chosen: the program. */
  source?: KeySource;
  /** The brand whose own ids of members it names; absent: those of the program. */
  namespace?: string;
  name: string;
  /** SHA-256 of the secret. */
  hash: string;
  types: string[];
  permissions: KeyPermission[];
  createdAt: Date;
  /** From when on it opens nothing; absent: never, and of keys made before there was such a date. */
  expiresAt?: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  /** The key that took its place. */
  renewedBy?: string;
}

/**
 * A secret that opens something once. Where only the newest of its kind may count, `_id` is the place that it has to itself;
 * a newer one takes that place and the older one is gone.
 */
export interface OneTimeCodeDocument {
  _id: string;
  purpose: 'verify' | 'reset' | 'claim';
  /** SHA-256 of the code with its purpose, argon2id of one that people type; unique. */
  hash: string;
  /** Whom it is for: a login, or for `claim` the member that is taken over. */
  subject: string;
  createdAt: Date;
  /** A TTL index removes it then; one that was used is removed at once. */
  expiresAt: Date;
}
