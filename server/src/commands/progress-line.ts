import type { Terminal } from './terminal.js';

export interface ProgressState {
  /** What is being done, in a few words. */
  readonly what: string;
  /** 0 to 1. */
  readonly part: number;
  readonly done: number;
  readonly perSecond: number;
}

const BAR_WIDTH = 28;
const DRAW_MS = 200;
const SAY_MS = 5_000;

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** A bar that is drawn in place on a terminal; elsewhere a line every few seconds. */
export class ProgressLine {
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly terminal: Terminal,
    private readonly read: () => ProgressState,
    private readonly output: Output = process.stderr,
  ) {
    this.timer = setInterval(() => this.show(), output.isTTY === true ? DRAW_MS : SAY_MS);
    this.timer.unref();
  }

  /** Shows how it ended and leaves the line. */
  end(): void {
    clearInterval(this.timer);
    if (this.output.isTTY !== true) return;
    this.show();
    this.output.write('\n');
  }

  private show(): void {
    const line = drawProgress(this.read(), this.terminal);
    this.output.write(this.output.isTTY === true ? `\r\u001b[K${line}` : `${line}\n`);
  }
}

/** `████████░░░░  37 %  Compras  28.450  1.930/s` */
export function drawProgress({ what, part, done, perSecond }: ProgressState, { format }: Terminal): string {
  const share = Math.min(1, Math.max(0, part));
  const full = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return `${bar} ${percent}  ${what}  ${format.number(done)}  ${format.number(Math.round(perSecond))}/s`;
}
