/** What somebody types of a program's legal texts, kept in this tab until it is published: nobody types a contract twice. */
export interface KeptTexts {
  readonly terms: { es: string; en: string };
  readonly privacy: { es: string; en: string };
  readonly age: string;
  readonly purposes: { id: string; es: string; en: string }[];
}

export const keptTexts = {
  /** What was typed over this version, or what it says itself. */
  over(key: string, published: KeptTexts): KeptTexts {
    try {
      return { ...published, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<KeptTexts>) };
    } catch {
      return published;
    }
  },
  keep(key: string, typed: KeptTexts): void {
    try {
      sessionStorage.setItem(key, JSON.stringify(typed));
    } catch {
      // Storage may be refused or full; what was typed then lasts as long as the page.
    }
  },
  forget(key: string): void {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept either.
    }
  },
};
