import { plainMarkdown } from '#platform/markdown/plain-markdown.js';

const markdown = plainMarkdown({
  // Pages, mailboxes, telephones, and places of the same text.
  address: /^(?:https?:\/\/|mailto:|tel:|#|\/(?!\/))/i,
  headings: { highest: 2, lowest: 4 },
});

/** HTML of a text that a manager wrote, safe to show to anybody. */
export function renderLegalText(text: string): string {
  return markdown.render(text);
}
