/**
 * The sandbox of a program, into which its test keys write, is a program of its own to everything that counts, ranks, shares or tells:
 * what is in it can meet nothing that is real, because nothing of two programs ever meets. Only its definitions and settings are the
 * program's. Its id is the program's with the number of its generation, `<program>~<n>`; emptying begins the next one.
 */
export function sandboxId(program: string, generation: number): string {
  return `${program}~${generation}`;
}

/** The program whose sandbox this is, or the program itself. */
export function homeOf(program: string): string {
  return program.split('~', 1)[0] ?? program;
}
