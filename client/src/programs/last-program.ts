import { Slug } from '@verbena/shared/platform/ids.js';

const KEY = 'verbena:program';

/** The program that was open last on this browser, so that `/` leads back to it. */
export const lastProgram = {
  read(): string | undefined {
    try {
      return Slug.safeParse(localStorage.getItem(KEY)).data;
    } catch {
      return undefined;
    }
  },
  keep(slug: string): void {
    try {
      localStorage.setItem(KEY, slug);
    } catch {
      // Storage may be refused; then `/` asks.
    }
  },
  forget(): void {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Nothing was kept either.
    }
  },
};
