/** What is quoted: a post by its id (`ForumId`), who wrote it, and its Markdown or the part of it that is meant. */
export interface QuotedPost {
  readonly id: string;
  readonly alias: string;
  readonly body: string;
}

const MARKER = /^\[@([^\]\n]+)\]\(post:([A-Za-z0-9_-]{22})\) *(?:\n|$)/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const QUOTE = /^ {0,3}>/;
/** What begins a block of its own right below a quote; any other line there is still of the quote. */
const BLOCK = /^ {0,3}(?:#{1,6}(?:\s|$)|[-*+](?:\s|$)|1[.)](?:\s|$)|`{3}|~{3}|:{3}|(?:[-*_] *){3,}$)/;

/**
 * The Markdown that quotes a post, to be put before an answer: a marker, the whole body with `> ` before each line, and an empty line,
 * because whatever is typed right below a quote is read as a part of it. What the body itself quotes is left out.
 */
export function quoteOf({ id, alias, body }: QuotedPost): string {
  const own = withoutQuotes(body.split('\n')).join('\n').trimEnd();
  const lines = [`[@${alias}](post:${id})`, ...(own === '' ? [] : ['', ...own.split('\n')])];
  return `${lines.map((line) => (line.trim() === '' ? '>' : `> ${line}`)).join('\n')}\n\n`;
}

/** Which post is quoted by a block of Markdown, and how long its marker is; null where it does not begin with one. */
export function readQuoteMarker(block: string): { id: string; alias: string; length: number } | null {
  const [marker, alias, id] = MARKER.exec(block) ?? [];
  return marker === undefined || alias === undefined || id === undefined ? null : { id, alias, length: marker.length };
}

/** Lines without block quotes, and one empty line where there were more; what stands in a fenced block is left as it is. */
function withoutQuotes(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let fence: string | null = null;
  let isBelowQuote = false;
  for (const line of lines) {
    const sign: string | undefined = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (sign?.startsWith(fence) && line.trim() === sign) fence = null;
      kept.push(line);
      continue;
    }
    const isQuote = QUOTE.test(line);
    const isQuoted: boolean = isQuote || (isBelowQuote && line.trim() !== '' && !BLOCK.test(line));
    // An empty line of a quote ends the paragraph that a line below could belong to.
    isBelowQuote = isQuoted && (!isQuote || /[^>\s]/.test(line));
    if (!isQuoted && line.trim() !== '') {
      kept.push(line);
      fence = sign ?? null;
    } else if (kept.length > 0 && kept.at(-1) !== '') kept.push('');
  }
  return kept;
}
