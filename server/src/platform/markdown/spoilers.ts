import type { MarkdownIt, StateBlock, StateInline, Token } from 'markdown-it';
import { escapeHtml, isIndented, lineOf } from './plain-markdown.js';

const BAR = '|'.charCodeAt(0);
const OPENING = /^:{3,} *spoiler(?: (.*))?$/i;
const CLOSING = /^:{3,} *$/;
/** Signs where a rule may begin: those of the library, and the bar. Whatever lies between them is read at one go. */
const WORDS = /[^\n!#$%&*+\-:<=>@[\\\]^_`{|}~]+/y;

/**
 * What stays hidden until a reader asks for it: `||words||` within a line, and lines between `::: spoiler Title` and `:::`. Both open
 * without a script: `details` by itself, and the words in a line, which a sheet shows while the span around them has the focus or the
 * pointer; the inner span lets it take them from readers of screens too.
 *
 * @param nestingMax how deep blocks may stand in each other
 */
export function addSpoilers(markdown: MarkdownIt, nestingMax: number): void {
  markdown.inline.ruler.at('text', readWords);
  markdown.inline.ruler.before('emphasis', 'spoiler', readBars);
  markdown.inline.ruler2.before('emphasis', 'spoiler', pairBars);
  markdown.block.ruler.before(
    'blockquote',
    'spoiler',
    (state, start, end, silent) => state.level < nestingMax && readBlock(state, start, end, silent),
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
  const { rules } = markdown.renderer;
  rules['spoiler_open'] = () => '<span class="spoiler" tabindex="0"><span>';
  rules['spoiler_close'] = () => '</span></span>';
  rules['spoiler_block_open'] = (tokens, at) => {
    const title = escapeHtml(tokens[at]?.content ?? '');
    // Without a title the browser says “details” in the language of whoever reads.
    return `<details>${title === '' ? '' : `<summary>${title}</summary>`}\n`;
  };
}

/** The library's own does not stop at a bar, so no rule would be asked about one within words. */
function readWords(state: StateInline, silent: boolean): boolean {
  WORDS.lastIndex = state.pos;
  const words = WORDS.exec(state.src)?.[0].slice(0, state.posMax - state.pos) ?? '';
  if (words === '') return false;
  if (!silent) state.pending += words;
  state.pos += words.length;
  return true;
}

/** Two bars open or close, with or without blanks beside them: whoever hides something means it. More than two are words. */
function readBars(state: StateInline, silent: boolean): boolean {
  if (silent) return false;
  let end = state.pos;
  while (end < state.posMax && state.src.charCodeAt(end) === BAR) end += 1;
  const bars = state.src.slice(state.pos, end);
  if (bars === '') return false;
  state.pos = end;
  if (bars.length !== 2) {
    state.pending += bars;
    return true;
  }
  state.push('text', '', 0).content = bars;
  const token = state.tokens.length - 1;
  // Of no length, because the rule of three is for signs that may be one or two.
  state.delimiters.push({ marker: BAR, length: 0, token, end: -1, open: true, close: true });
  return true;
}

function pairBars({ tokens, delimiters, tokens_meta: within }: StateInline): void {
  for (const list of [delimiters, ...within.map((meta) => meta?.delimiters ?? [])])
    for (const { marker, token, end } of list) {
      if (marker !== BAR || end === -1) continue;
      become(tokens[token], 'spoiler_open', 1);
      become(tokens[list[end]?.token ?? -1], 'spoiler_close', -1);
    }
}

function become(token: Token | undefined, type: string, nesting: 1 | -1): void {
  if (token) Object.assign(token, { type, nesting, content: '' });
}

function readBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const opening = OPENING.exec(lineOf(state, startLine));
  if (opening === null || isIndented(state, startLine)) return false;
  if (silent) return true;
  const closing = closingLine(state, startLine, endLine);
  const { parentType, lineMax } = state;
  state.parentType = 'spoiler';
  state.lineMax = closing;
  state.push('spoiler_block_open', 'details', 1).content = opening[1]?.trim() ?? '';
  state.md.block.tokenize(state, startLine + 1, closing);
  state.push('spoiler_block_close', 'details', -1);
  state.parentType = parentType;
  state.lineMax = lineMax;
  state.line = closing < endLine && CLOSING.test(lineOf(state, closing)) ? closing + 1 : closing;
  return true;
}

/** The line that closes a block, or the first one behind what is around it: what nobody closed stays hidden to its end. */
function closingLine(state: StateBlock, startLine: number, endLine: number): number {
  let open = 1;
  for (let line = startLine + 1; line < endLine; line += 1) {
    if (!state.isEmpty(line) && (state.sCount[line] ?? 0) < state.blkIndent) return line;
    const words = lineOf(state, line);
    if (OPENING.test(words)) open += 1;
    if (CLOSING.test(words)) open -= 1;
    if (open === 0) return line;
  }
  return endLine;
}
