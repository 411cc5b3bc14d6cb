import type { StateBlock, StateCore } from 'markdown-it';
import { ADDRESS, withoutOtherHtml } from './allowed-html.js';
import { readMentions, renderMention } from './mentions.js';
import { limitBlock, lineOf, plainMarkdown } from './plain-markdown.js';
import { readPostQuotes, renderQuotedPost } from './post-quotes.js';
import { readTokens, type Places, type TextParts } from './read-tokens.js';
import { addSpoilers } from './spoilers.js';

/** Stored beside what was rendered. Raised with every change of what a text becomes, so that what is stored is rendered anew (#23). */
export const MARKDOWN_VERSION = 1;

/** How deep quotes, lists and spoilers stand in each other: a quote counts as one, a list as two. Beyond, their signs are words. */
const NESTING_MAX = 12;
/** Cells of all tables of a text: rows are filled up to the width of the first, so few signs could ask for very many. */
const CELLS_MAX = 2_000;

export interface RenderOptions extends Places {
  /** Links of whoever is trusted count for search engines; those of others say that they are not ours (#27). */
  readonly isTrusted: boolean;
}

export interface RenderedText extends TextParts {
  /** Safe to show to anybody, in any language: it holds no words of ours. */
  readonly html: string;
}

const markdown = plainMarkdown({ address: ADDRESS, headings: { highest: 3, lowest: 6 } });
// Whoever presses Enter means a new line. Links and signs within words nest as deep as the second; blocks stay below it.
markdown.set({ breaks: true, maxNesting: 20 });
markdown.linkify
  .add('ftp:')
  .add('//')
  .add('www.', {
    validate: (text, at, { re }) => {
      const host = re.get_relative_proto_validator();
      host.lastIndex = at;
      return host.exec(text)?.[0].length ?? 0;
    },
    normalize: (match) => {
      match.url = `https://${match.url}`;
    },
  });
markdown.core.ruler.push('align-cells', alignCells);
markdown.core.ruler.after('block', 'post-quotes', readPostQuotes);
markdown.core.ruler.after('linkify', 'mentions', readMentions);
addSpoilers(markdown, NESTING_MAX);
limitBlock(markdown, 'blockquote', ['paragraph', 'reference', 'blockquote', 'list'], isShallow);
limitBlock(markdown, 'list', ['paragraph', 'reference', 'blockquote'], isShallow);
// The definition of a footnote would make a link of its sign, to a page that is called like the note.
limitBlock(markdown, 'reference', [], (state, line) => !lineOf(state, line).startsWith('[^'));
limitBlock(markdown, 'table', ['paragraph', 'reference'], hasCellsLeft);
markdown.renderer.rules['mention'] = renderMention;
markdown.renderer.rules['quoted_post'] = renderQuotedPost;

/**
 * What a member wrote, as others may see it: CommonMark with tables, `~~struck out~~`, spoilers, mentions and quotes of posts; no HTML,
 * no pictures, no footnotes, no code by indentation. The same for the same input. A text of 20,000 signs takes tens of milliseconds
 * at the worst.
 */
export function renderMarkdown(text: string, options: RenderOptions): RenderedText {
  const env = {};
  const tokens = markdown.parse(text, env);
  const parts = readTokens(tokens, options);
  const html = markdown.renderer.render(tokens, markdown.options, env);
  return { html: withoutOtherHtml(html, options.isTrusted ? 'noopener' : 'nofollow ugc noopener'), ...parts };
}

/**
 * Whom and which posts a text names: what `memberHref` and `postHref` will be asked for, to be looked up before. Those in quotes come behind
 * all of the author's own.
 */
export function readNames(text: string): { readonly aliases: readonly string[]; readonly posts: readonly string[] } {
  const aliases = new Set<string>();
  const posts = new Set<string>();
  const own = readTokens(markdown.parse(text, {}), {
    memberHref: (alias) => {
      aliases.add(alias);
      return alias;
    },
    postHref: (id) => {
      posts.add(id);
      return id;
    },
  });
  return { aliases: [...new Set([...own.mentions, ...aliases])], posts: [...new Set([...own.quotes, ...posts])] };
}

/** The library itself leaves out, without a word, what stands deeper than it goes. */
function isShallow({ level }: StateBlock): boolean {
  return level < NESTING_MAX;
}

/** The library aligns by a style, which no allow-list should have to read. */
function alignCells({ tokens }: StateCore): void {
  for (const token of tokens) {
    const [, side] = /^text-align:(\w+)$/.exec(String(token.attrGet('style'))) ?? [];
    if (side !== undefined) token.attrs = [['align', side]];
  }
}

/** Counts the cells of what may be a table, while there are not too many. */
function hasCellsLeft(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const columns = lineOf(state, startLine).split('|').length;
  const below = startLine + 1 < endLine ? lineOf(state, startLine + 1) : '';
  if (columns === 1 || !below.includes('-') || !/^[-:|\s]+$/.test(below)) return true;
  let cells = Number(state.env['cells'] ?? 0);
  for (let line = startLine; line < endLine && !state.isEmpty(line) && cells <= CELLS_MAX; line += 1) cells += columns;
  if (cells <= CELLS_MAX && !silent) state.env['cells'] = cells;
  return cells <= CELLS_MAX;
}
