import sanitizeHtml from 'sanitize-html';

/** Where a link of a member may lead: pages and mailboxes elsewhere, and places of this server. Signs that a browser drops are none. */
export const ADDRESS = /^(?:https?:\/\/|mailto:|\/(?![/\\]))[\x21-\x5b\x5d-\x7e]*$/i;
const ELSEWHERE = /^https?:/i;
/** Deeper than blocks and the words in them ever stand; what is deeper loses its tags and keeps its words. */
const NESTING_MAX = 40;

const ALIGNMENT = /^(?:left|center|right)$/;

const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'cite', 'ul', 'ol', 'li', 'pre', 'code'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'strong', 'em', 's', 'a', 'span', 'details', 'summary'],
  ],
  allowedAttributes: {
    a: ['href', 'title', 'rel'],
    ol: ['start'],
    th: ['align'],
    td: ['align'],
    span: ['tabindex'],
  },
  allowedClasses: {
    a: ['mention', 'quoted-post'],
    p: ['quoted'],
    span: ['spoiler'],
    code: [/^language-[a-z0-9_+#.-]{1,32}$/i],
  },
  nestingLimit: NESTING_MAX,
};

/**
 * The same without anything that we do not make. A second net: what it is given holds nothing else already.
 *
 * @param relOfLinks of links that lead elsewhere
 */
export function withoutOtherHtml(html: string, relOfLinks: string): string {
  return sanitizeHtml(html, {
    ...allowed,
    transformTags: {
      a: (tagName, { href, rel: _, ...attribs }) => ({
        tagName,
        attribs: {
          ...attribs,
          ...(href !== undefined && ADDRESS.test(href) ? { href } : {}),
          ...(href !== undefined && ELSEWHERE.test(href) ? { rel: relOfLinks } : {}),
        },
      }),
      ol: keepOnly('start', /^[0-9]{1,9}$/),
      th: keepOnly('align', ALIGNMENT),
      td: keepOnly('align', ALIGNMENT),
      span: keepOnly('tabindex', /^0$/),
    },
  });
}

/** Attributes are allowed by name; one whose value is none of ours goes whole, where a list of values would leave its name. */
function keepOnly(name: string, form: RegExp): sanitizeHtml.Transformer {
  return (tagName, { [name]: value, ...attribs }) => ({
    tagName,
    attribs: value !== undefined && form.test(value) ? { ...attribs, [name]: value } : attribs,
  });
}
