import MarkdownIt, { type MarkdownIt as Parser, type StateBlock, type Token } from 'markdown-it';

/** Text as HTML, and for the value of an attribute. */
export const { escapeHtml } = new MarkdownIt().utils;

type BlockRule = (state: StateBlock, startLine: number, endLine: number, silent: boolean) => boolean;

/** What differs between texts: where a link may lead, and which headings the page leaves to them. */
export interface MarkdownForm {
  readonly address: RegExp;
  readonly headings: { readonly highest: number; readonly lowest: number };
}

/**
 * A parser whose HTML has tags of its own only: what was written as HTML is shown as it was written, and no picture is fetched from
 * elsewhere. Only what has a scheme becomes a link by itself, and mailboxes.
 */
export function plainMarkdown({ address, headings }: MarkdownForm): Parser {
  const markdown = new MarkdownIt('default', { html: false, linkify: true });
  // Indented lines are what is left of a page that was pasted, and no program.
  markdown.disable(['image', 'code']);
  markdown.linkify.set({ fuzzyLink: false });
  markdown.validateLink = (url) => address.test(url);
  markdown.core.ruler.push('lower-headings', ({ tokens }) => lowerHeadings(tokens, headings));
  return markdown;
}

/** The highest heading of a text comes right below the page's own, however it was written. */
function lowerHeadings(tokens: readonly Token[], { highest, lowest }: MarkdownForm['headings']): void {
  const found = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
  const levelOf = ({ tag }: Token): number => Number(tag.slice(1));
  const top = Math.min(...found.map(levelOf));
  for (const token of found) token.tag = `h${Math.min(lowest, levelOf(token) - top + highest)}`;
}

/**
 * Lets a block rule of the library do its work only where `isAllowed`; else its lines are read as if there were no such rule.
 *
 * @param interrupts which blocks end where it begins, as the library has it: a rule that is replaced loses them
 */
export function limitBlock(
  markdown: Parser,
  name: string,
  interrupts: readonly string[],
  isAllowed: (...asked: Parameters<BlockRule>) => boolean,
): void {
  // A rule cannot be asked for by its name, but where it is the only one that is left it is the first.
  const alone = new MarkdownIt();
  alone.block.ruler.enableOnly(name);
  const [rule] = alone.block.ruler.getRules('');
  const limited: BlockRule = (...asked) => rule !== undefined && isAllowed(...asked) && rule(...asked);
  markdown.block.ruler.at(name, limited, { alt: [...interrupts] });
}

/** A line as a block rule sees it: without what the blocks around it put before it. */
export function lineOf({ src, bMarks, tShift, eMarks }: StateBlock, line: number): string {
  return src.slice((bMarks[line] ?? 0) + (tShift[line] ?? 0), eMarks[line]);
}

/** Whether a line is indented so far that no block begins there. */
export function isIndented(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent >= 4;
}
