import type { Token } from 'markdown-it';
import type { QuotedPostMeta } from './post-quotes.js';

/**
 * How what a text names is found: addresses that begin with `/`, percent-encoded. Asked with every name, those in quotes too; a null
 * leaves words without a link.
 */
export interface Places {
  /** Of the member who is called so, as a reader compares names. */
  readonly memberHref: (alias: string) => string | null;
  /** Of a post, if that member wrote it: what a marker says can be typed by anybody. */
  readonly postHref: (id: string, alias: string) => string | null;
}

/** What stands in a text, beside how it looks. */
export interface TextParts {
  /**
   * Its words, a line for each paragraph, item, row or line of code, for excerpts, mails and search: without what it quotes of other
   * posts, and `…` for what is hidden until somebody asks.
   */
  readonly text: string;
  /** How many letters and digits it has that stand in no quote of any kind; what is hidden counts too. */
  readonly letters: number;
  /** Aliases as the author wrote them, of members that there are, each once; none from a quote (FB8). */
  readonly mentions: readonly string[];
  /** Ids of posts that it quotes itself, each once; none that stands in a quote. */
  readonly quotes: readonly string[];
  /** Addresses of other sites, each once, from quotes too. */
  readonly links: readonly string[];
}

const HIDDEN = '…';
const LETTER = /[\p{L}\p{N}]/gu;

/** Reads the tokens of a whole text, and gives those that name a member or a post their addresses, as `attrs` and in `meta`. */
export function readTokens(tokens: readonly Token[], places: Places): TextParts {
  const reading = new Reading(places);
  for (const token of tokens) {
    reading.readBlock(token);
    for (const child of token.type === 'inline' ? (token.children ?? []) : []) reading.readWord(child);
  }
  return reading.parts();
}

class Reading {
  private readonly words: string[] = [];
  /** By address, so that two spellings of one name are one member. */
  private readonly mentions = new Map<string, string>();
  private readonly quotes = new Set<string>();
  private readonly links = new Set<string>();
  private letters = 0;
  /** For each block quote around: whether it quotes a post. */
  private readonly quoted: boolean[] = [];
  /** How many spoilers are around. */
  private spoilers = 0;

  constructor(private readonly places: Places) {}

  readBlock(token: Token): void {
    switch (token.type) {
      case 'blockquote_open':
        this.quoted.push(false);
        break;
      case 'blockquote_close':
        this.quoted.pop();
        break;
      case 'quoted_post':
        this.readQuotedPost(token);
        break;
      case 'spoiler_block_open':
        this.tell(`${token.content}\n`);
        this.open();
        break;
      case 'spoiler_block_close':
        this.spoilers -= 1;
        break;
      case 'fence':
        this.tell(token.content);
        break;
      case 'td_close':
      case 'th_close':
        this.tell(' ');
        return;
      case 'td_open':
      case 'th_open':
      case 'inline':
        return;
    }
    if (token.nesting !== 0) this.tell('\n');
  }

  readWord(token: Token): void {
    switch (token.type) {
      case 'mention':
        this.readMention(token);
        break;
      case 'link_open': {
        const href = String(token.attrGet('href'));
        if (/^https?:/i.test(href)) this.links.add(href);
        break;
      }
      case 'spoiler_open':
        this.open();
        break;
      case 'spoiler_close':
        this.spoilers -= 1;
        break;
      case 'softbreak':
      case 'hardbreak':
        this.tell('\n');
        break;
      default:
        this.tell(token.content);
    }
  }

  parts(): TextParts {
    const lines = this.words.join('').split('\n');
    const text = lines
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n');
    const { letters } = this;
    return { text, letters, mentions: [...this.mentions.values()], quotes: [...this.quotes], links: [...this.links] };
  }

  private open(): void {
    if (this.spoilers === 0) this.tell(HIDDEN);
    this.spoilers += 1;
  }

  private tell(words: string): void {
    if (this.quoted.length === 0) this.letters += words.match(LETTER)?.length ?? 0;
    if (this.spoilers === 0 && !this.quoted.includes(true)) this.words.push(words);
  }

  private readQuotedPost(token: Token): void {
    const { id, alias } = token.meta as QuotedPostMeta;
    const postHref = this.places.postHref(id, alias);
    token.meta = { id, alias, postHref, memberHref: this.places.memberHref(alias) } satisfies QuotedPostMeta;
    if (this.quoted.length === 1 && postHref !== null) this.quotes.add(id);
    this.quoted[this.quoted.length - 1] = true;
  }

  private readMention(token: Token): void {
    const { name } = token.meta as { name: string };
    const href = this.places.memberHref(name);
    if (href !== null) {
      token.attrs = [
        ['href', href],
        ['class', 'mention'],
      ];
      token.content = `@${name}`;
      if (this.quoted.length === 0 && !this.mentions.has(href)) this.mentions.set(href, name);
    }
    this.tell(token.content);
  }
}
