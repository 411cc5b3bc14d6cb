import { createHash } from 'node:crypto';
import { argon2id, hash, verify } from 'argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; some 30 ms on a slow core. */
const COST = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The argon2id hash of a password, with its parameters and a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), COST);
}

/**
 * The hash of a code that people type, which has too few bits for a fast one (ASVS 6.5.2): argon2id, base64url. The salt is
 * whose the code is, so that it is found by its hash; needs no key, so a code still opens where the keys are lost.
 */
export async function hashShortCode(code: string, whose: string): Promise<string> {
  const salt = createHash('sha256').update(whose, 'utf8').digest();
  return (await hash(code, { ...COST, salt, raw: true })).toString('base64url');
}

let dummy: Promise<string> | undefined;

/**
 * Whether a password belongs to a hash. Without a hash (nobody has this e-mail address) it does the same work against a
 * hash that nothing fits, so that the time of an answer does not tell who has a login here.
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword(crypto.randomUUID());
  const fits = await verify(passwordHash ?? (await dummy), normalize(password));
  return fits && passwordHash !== null;
}

/** Keyboards write an accented letter in two ways; both must open. */
function normalize(password: string): string {
  return password.normalize('NFKC');
}
