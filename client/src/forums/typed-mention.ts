import { mentionOf } from '@verbena/shared/platform/mention-markdown.js';
import type { Typing } from './typed-markdown.js';

/** A name that is being written behind `@`, and where its `@` stands. */
export interface TypedMention {
  readonly from: number;
  readonly name: string;
}

/** As the server reads them: not behind a letter or a sign of an address; blanks only within quotes. */
const BEGUN =
  /(?<![\p{L}\p{M}\p{N}_/@])@(?:["“”«]([\p{L}\p{N}][\p{L}\p{N} ._·'’-]*)|([\p{L}\p{N}][\p{L}\p{N}._·'’-]*))$/u;
const LENGTH_MAX = 24;

/** The mention that the cursor stands behind; null where it stands behind none. */
export function typedMention(text: string, cursor: number): TypedMention | null {
  const before = text.slice(Math.max(0, cursor - LENGTH_MAX - 3), cursor);
  const [written, quoted, bare] = BEGUN.exec(before) ?? [];
  const name = quoted ?? bare;
  return written === undefined || name === undefined ? null : { from: cursor - written.length, name };
}

/** Writes the whole mention where it was begun, and a blank behind it. */
export function completeMention({ from }: TypedMention, cursor: number, alias: string): Typing {
  const put = `${mentionOf(alias)} `;
  const end = from + put.length;
  return { from, to: cursor, put, start: end, end };
}
