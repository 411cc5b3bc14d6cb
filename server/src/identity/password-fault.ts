import type { FieldCode } from '@verbena/shared/errors/fields.es.js';

/** What is wrong with a password that somebody chose; each is a sentence that stands beside the field. */
export type PasswordFault = Extract<FieldCode, `password${string}`>;

/** Fewer different signs than this are no password, however long. */
const SIGNS_MIN = 4;
/** What is left of a password once the words about its owner are taken out has at least so many letters and digits. */
const LEFT_MIN = 6;
const WORD_MIN = 3;

/**
 * Why a password may not be chosen; null where it may. `about` are the owner's address and name and the program's name and slug
 * (ASVS 6.2.11, 6.2.12), `known` the passwords in lower case that everybody tries first (6.2.4).
 */
export function passwordFaultOf(
  password: string,
  about: readonly string[],
  known: ReadonlySet<string>,
): PasswordFault | null {
  if (/[\p{Cc}\p{Cs}]/u.test(password)) return 'passwordControl';
  const lower = password.normalize('NFKC').trim().toLowerCase();
  if (new Set(lower.replace(/\s/gu, '')).size < SIGNS_MIN) return 'passwordPlain';
  const own = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).map(bare);
  const longestFirst = own.filter((word) => word.length >= WORD_MIN).sort((a, b) => b.length - a.length);
  const whole = bare(password);
  const left = longestFirst.reduce((rest, word) => rest.replaceAll(word, ''), whole);
  if (left !== whole && left.length < LEFT_MIN) return 'passwordLikeYou';
  // A year or a sign at the end of a known one is what is tried next.
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return known.has(lower) || known.has(core) ? 'passwordKnown' : null;
}

/** Letters and digits alone, without accents and small: `Lucía H.` and `lucia-h` are one. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
