import type { RendererRule, StateCore, Token } from 'markdown-it';
import { BARE_NAME } from '@verbena/shared/platform/mention-markdown.js';
import { escapeHtml } from './plain-markdown.js';

const NAME_LENGTH_MAX = 24;
/**
 * What `mentionOf` writes; in quotes of any kind, because keyboards change them. Not behind a letter or a sign of an address, nor before
 * another `@`.
 */
const MENTION = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}_/@])@(?:["“”«]([\p{L}\p{N}][\p{L}\p{N} ._·'’-]*)["”“»]|(${BARE_NAME}))(?![\p{L}\p{M}\p{N}]|@[\p{L}\p{N}])`,
  'gu',
);

/**
 * Makes tokens of the names that a text writes behind `@`: their `content` as it was written, `meta.name` without the signs around it.
 * A rule of the core, to be run when links are known and signs that were escaped still stand apart: neither holds a mention.
 */
export function readMentions({ tokens, Token: Made }: StateCore): void {
  for (const block of tokens) {
    if (block.type !== 'inline' || block.children === null || !block.content.includes('@')) continue;
    let links = 0;
    block.children = block.children.flatMap((token, at, all) => {
      if (token.type === 'link_open') links += 1;
      if (token.type === 'link_close') links -= 1;
      return links > 0 || token.type !== 'text' ? token : split(token, all[at - 1], Made);
    });
  }
}

/** A link where the token was given the address of a member (`attrs`), else words. */
export const renderMention: RendererRule = (tokens, at, _options, _env, renderer) => {
  const { content = '', attrs = null } = tokens[at] ?? {};
  return attrs === null ? escapeHtml(content) : `<a${renderer.renderAttrs({ attrs })}>${escapeHtml(content)}</a>`;
};

function split(token: Token, previous: Token | undefined, Made: typeof Token): Token[] {
  const before = previous?.type === 'text_special' ? previous.content : '';
  const text = before + token.content;
  const made: Token[] = [];
  const add = (type: string, content: string, name?: string): void => {
    const part = new Made(type, '', 0);
    part.content = content;
    part.level = token.level;
    if (name !== undefined) part.meta = { name };
    if (content !== '') made.push(part);
  };
  let end = before.length;
  for (const { 0: written, 1: quoted, 2: bare, index } of text.matchAll(MENTION)) {
    const name = quoted ?? bare ?? '';
    if (name.length > NAME_LENGTH_MAX || index < before.length) continue;
    add('text', text.slice(end, index));
    add('mention', written, name);
    end = index + written.length;
  }
  add('text', text.slice(end));
  return made;
}
