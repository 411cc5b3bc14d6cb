import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SEED } from './seeded.js';

const EVIDENCE = fileURLToPath(new URL('../../docs/evidence', import.meta.url));

/** `npm test -- <stage> <file> --rounds 20` asks for the long forms, whose figures go to docs/evidence. */
export const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
export const IS_LONG = ROUNDS >= 20;

/** Figures of one file's long form: printed as they come, and written down when all that it should measure is there. */
export class Evidence {
  private readonly lines: string[] = [];

  constructor(
    /** What the file in docs/evidence is called, without its date. */
    private readonly name: string,
    private readonly title: string,
    private readonly command: string,
    /** So many lines are the whole: of a part of the tests nothing is written over what was whole. */
    private readonly count: number,
  ) {}

  note(line: string): void {
    this.lines.push(line);
    process.stdout.write(`${line}\n`);
  }

  write(circumstances = ''): void {
    if (!IS_LONG || this.lines.length < this.count) return;
    mkdirSync(EVIDENCE, { recursive: true });
    const date = new Date().toISOString().slice(0, 10);
    const text = [
      `# ${this.title}, ${date}`,
      '',
      `\`${this.command} --rounds ${ROUNDS}\`, seed ${SEED}, Node ${process.version}${circumstances}.`,
      '',
      ...this.lines.map((line) => `- ${line}`),
      '',
    ];
    writeFileSync(path.join(EVIDENCE, `${this.name}-${date}.md`), text.join('\n'));
  }
}
