import type { RendererRule, StateCore } from 'markdown-it';
import { readQuoteMarker } from '@verbena/shared/platform/quote-markdown.js';
import { escapeHtml } from './plain-markdown.js';

/** `meta` of a token `quoted_post`; its addresses are null until they are found, and where there are none. */
export interface QuotedPostMeta extends Record<string, unknown> {
  readonly id: string;
  readonly alias: string;
  readonly postHref: string | null;
  readonly memberHref: string | null;
}

/**
 * Makes a token `quoted_post` (`QuotedPostMeta`) of the marker that a block quote begins with (`quoteOf` writes it). A rule
 * of the core, to be run between blocks and the words in them: the marker is none of these.
 */
export function readPostQuotes({ tokens, Token }: StateCore): void {
  // From the end, because tokens are put in and taken out.
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const words = tokens[at + 2];
    if (tokens[at]?.type !== 'blockquote_open' || words?.type !== 'inline' || tokens[at + 1]?.type !== 'paragraph_open')
      continue;
    const marker = readQuoteMarker(words.content);
    if (marker === null) continue;
    const { id, alias, length } = marker;
    const quoted = new Token('quoted_post', 'p', 0);
    quoted.block = true;
    quoted.meta = { id, alias, postHref: null, memberHref: null } satisfies QuotedPostMeta;
    words.content = words.content.slice(length);
    // The marker's paragraph goes where nothing else is in it.
    tokens.splice(at + 1, words.content === '' ? 3 : 0, quoted);
  }
}

/** Who is quoted, and a way to the post where `meta` has the addresses. The client gives the arrow words in the language of its reader. */
export const renderQuotedPost: RendererRule = (tokens, at) => {
  const meta = tokens[at]?.meta as QuotedPostMeta | undefined;
  if (!meta) return '';
  const { alias, postHref, memberHref } = meta;
  const name = `@${escapeHtml(alias)}`;
  const author = memberHref === null ? name : `<a href="${escapeHtml(memberHref)}">${name}</a>`;
  const way = postHref === null ? '' : ` <a class="quoted-post" href="${escapeHtml(postHref)}">↑</a>`;
  return `<p class="quoted"><cite>${author}</cite>${way}</p>\n`;
};
