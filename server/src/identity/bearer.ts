import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyMode } from '@verbena/shared/identity/api-keys.routes.js';
import { secretHash } from '#platform/crypto/hash.js';

/** What an `Authorization` header carries, told apart by its form only. */
export type Bearer =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'key'; readonly credential: string }
  | { readonly kind: 'token'; readonly credential: string }
  | { readonly kind: 'local'; readonly credential: string };

const LENGTH_MAX = 2_048;
const KEY = /^vk_(test_)?([0-9A-HJKMNP-TV-Z]{26})_([A-Za-z0-9_-]{43})$/;
const JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;

/** Reads `Bearer <credential>`: `vk_…` is an API key, three parts with dots an access token, the rest this machine's token. */
export function readBearer(header: string | undefined): Bearer {
  if (header === undefined) return { kind: 'none' };
  const credential = /^bearer +([^\s]+) *$/i.exec(header.slice(0, LENGTH_MAX + 16))?.[1];
  if (credential === undefined || credential.length > LENGTH_MAX) return { kind: 'unreadable' };
  if (credential.startsWith('vk_')) return { kind: 'key', credential };
  return { kind: JWT.test(credential) ? 'token' : 'local', credential };
}

/** An API key as sent, or null when it has not the form `vk_<id>_<43 characters>`, a test key `vk_test_…`. */
export function readApiKey(
  credential: string,
): { readonly id: string; readonly mode: KeyMode; readonly hash: string } | null {
  const [, test, id, secret] = KEY.exec(credential) ?? [];
  if (id === undefined || secret === undefined) return null;
  return { id, mode: test === undefined ? 'live' : 'test', hash: secretHash(secret) };
}

/** A new API key: what its holder sends, and the hash that we keep. */
export function mintApiKey(id: string, mode: KeyMode): { readonly credential: string; readonly hash: string } {
  const secret = newSecret();
  return { credential: `vk_${mode === 'test' ? 'test_' : ''}${id}_${secret}`, hash: secretHash(secret) };
}

/** 256 random bits as 43 base64url characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares two texts in a time that says nothing of where they differ, nor of their lengths. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}
