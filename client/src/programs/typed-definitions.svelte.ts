/** What was typed of definitions and not saved: by kind and place. */
export type Typed = Readonly<Record<string, string>>;

const kept = $state<Record<string, Typed>>({});

/** What was typed in the editor of a draft and not saved, for as long as the window is open: another tab of the draft loses nothing. */
export const typedDefinitions = {
  of: (draft: string): Typed => kept[draft] ?? {},
  keep(draft: string, typed: Typed) {
    kept[draft] = typed;
  },
  isUnsaved: (draft: string): boolean => Object.keys(kept[draft] ?? {}).length > 0,
};
