const keyOf = (program: string): string => `verbena:terms:${program}`;

/** Which version of a program's terms somebody has put away on this browser, where it is only announced. */
export const readTerms = {
  of(program: string): number {
    try {
      return Number(localStorage.getItem(keyOf(program)) ?? 0) || 0;
    } catch {
      return 0;
    }
  },
  keep(program: string, version: number): void {
    try {
      localStorage.setItem(keyOf(program), String(version));
    } catch {
      // Storage may be refused; then it is announced again.
    }
  },
};
