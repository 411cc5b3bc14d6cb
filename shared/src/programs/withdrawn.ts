import type { Definitions } from './definitions.js';

/** Definitions that no version in force has any more, each as it last stood; a list is absent, or empty, where there are none. */
export type Withdrawn = { readonly [K in keyof Definitions]?: Definitions[K] | undefined };

type Lists = Readonly<Record<string, readonly { readonly id: string }[] | undefined>>;

/** A set with all that older ones had besides: what the past is told with, never what is offered now. */
export function withOlder(definitions: Definitions, ...older: readonly (Withdrawn | undefined)[]): Definitions {
  const all: Record<string, Lists[string]> = { ...definitions };
  for (const lists of older)
    for (const [kind, list = []] of Object.entries((lists ?? {}) as Lists)) {
      const known = all[kind] ?? [];
      all[kind] = [...known, ...list.filter(({ id }) => !known.some((one) => one.id === id))];
    }
  return all as unknown as Definitions;
}
