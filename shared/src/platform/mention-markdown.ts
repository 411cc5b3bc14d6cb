/**
 * A name that needs no quotes behind its `@`, as the source of an expression with the flag `u`: a sign belongs to it only between
 * letters or digits, and the English `’s` never.
 */
export const BARE_NAME = String.raw`[\p{L}\p{N}]+(?:(?!['’]s(?![\p{L}\p{M}\p{N}]))[._·'’-][\p{L}\p{N}]+)*`;

const IS_BARE = new RegExp(`^${BARE_NAME}$`, 'u');

/** How a text mentions who is called so: `@ana.lópez`, and `@"Ana López"` where the name alone would end too early. */
export function mentionOf(alias: string): string {
  return IS_BARE.test(alias) ? `@${alias}` : `@"${alias}"`;
}
