import MarkdownIt from 'markdown-it';

/** Where a link may lead: pages, mailboxes, telephones, and places of the same text. */
const LINK = /^(?:https?:\/\/|mailto:|tel:|#|\/(?!\/))/i;
/** The page has the first heading; the highest of the text comes right below it, however it was written. */
const HEADING_LEVEL_MAX = 4;

/** Tags of its own only: what was written as HTML is shown as it was written, and no picture is fetched from elsewhere. */
const markdown = new MarkdownIt('default', { html: false, linkify: true });
// Indented lines are what is left of a page that was pasted, and no program.
markdown.disable(['image', 'code']);
markdown.linkify.set({ fuzzyLink: false });
markdown.validateLink = (url) => LINK.test(url);
markdown.core.ruler.push('lower-headings', ({ tokens }) => {
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
  const levelOf = ({ tag }: { readonly tag: string }): number => Number(tag.slice(1));
  const highest = Math.min(...headings.map(levelOf));
  for (const token of headings) token.tag = `h${Math.min(HEADING_LEVEL_MAX, levelOf(token) - highest + 2)}`;
});

/** HTML of a text that a manager wrote, safe to show to anybody. */
export function renderLegalText(text: string): string {
  return markdown.render(text);
}
