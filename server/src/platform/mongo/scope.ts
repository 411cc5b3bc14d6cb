declare const scoped: unique symbol;

/**
 * The tenant of a query. Repositories take one with every call, so a query without its program does not compile.
 * It is made where a program was looked up, and nowhere else.
 */
export interface Scope {
  readonly program: string;
  readonly [scoped]: true;
}

/** Makes a scope of a program's id; for the programs module and for journal documents that name their program. */
export function scopeOf(program: string): Scope {
  return { program } as Scope;
}
