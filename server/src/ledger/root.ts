import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Root, RootLane } from '@verbena/shared/ledger/roots.routes.js';
import type { JWK } from 'jose';
import { hashOf } from '#platform/crypto/hash.js';

/** The key that signs roots, and its public half as it is published: the `x` of the JWK, base64url. */
export interface RootKey {
  readonly private: KeyObject;
  readonly public: string;
}

export function rootKeyOf(jwk: JWK): RootKey {
  if (typeof jwk.x !== 'string') throw new Error('The key for roots is no Ed25519 key.');
  return { private: createPrivateKey({ key: { ...jwk }, format: 'jwk' }), public: jwk.x };
}

/** `H(everything that the root says)`: what is signed, and what the next root has as `previous`. */
export function rootHash({ day, number, at, previous, laneCount, lanes, key }: Omit<Root, 'signature'>): string {
  return hashOf('root', { day, number, at, previous, laneCount, lanes, key });
}

export function signRoot(
  said: { day: string; number: number; at: string; previous: string; laneCount: number; lanes: readonly RootLane[] },
  key: RootKey,
): Root {
  const root = { ...said, lanes: [...said.lanes], key: key.public };
  return { ...root, signature: sign(null, Buffer.from(rootHash(root)), key.private).toString('base64url') };
}

/** Whether the key that a root names signed it; whose key that is, its reader must know. */
export function isSigned(root: Root): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: root.key }, format: 'jwk' });
    const signature = Buffer.from(root.signature, 'base64url');
    // The last letter has bits that decoding drops: another letter there is a change all the same.
    if (signature.toString('base64url') !== root.signature) return false;
    return verify(null, Buffer.from(rootHash(root)), key, signature);
  } catch {
    return false;
  }
}

/** What is wrong with a root: where, and in words. */
export interface RootFinding {
  readonly root: string;
  readonly text: string;
}

/** Checks roots that follow one another from the first on: numbers, chain, signatures, and that the keys are ours. */
export function checkRoots(roots: readonly Root[], trusted: ReadonlySet<string>): RootFinding[] {
  const findings: RootFinding[] = [];
  let previous: Root | null = null;
  for (const root of roots) {
    const find = (text: string): void => void findings.push({ root: root.day, text });
    if (!isSigned(root)) find('the signature does not fit: something in it was changed');
    else if (!trusted.has(root.key)) find('it was signed with a key that is not ours');
    if (root.number !== (previous?.number ?? 0) + 1) find(`root ${root.number} follows ${previous?.number ?? 0}`);
    else if (root.previous !== (previous === null ? '' : rootHash(previous))) {
      // Where the one before was changed itself, that is what was found there.
      if (previous === null || isSigned(previous)) find('it does not follow on the root before');
    }
    previous = root;
  }
  return findings;
}
