import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** What a text of a member may become, told once more and not taken from the renderer: elements, their attributes and values. */
const ALIGN = /^(?:left|center|right)$/;
const PLAIN = ['p', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'cite', 'ul', 'ol', 'li', 'pre', 'code', 'table'];
const ALLOWED: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  ...Object.fromEntries(
    [...PLAIN, 'thead', 'tbody', 'tr', 'strong', 'em', 's', 'details', 'summary'].map((tag) => [tag, {}]),
  ),
  p: { class: /^quoted$/ },
  ol: { start: /^\d+$/ },
  th: { align: ALIGN },
  td: { align: ALIGN },
  code: { class: /^language-[\w+#.-]+$/ },
  span: { class: /^spoiler$/, tabindex: /^0$/ },
  a: { href: /^/, title: /^/, class: /^(?:mention|quoted-post)$/, rel: /^(?:nofollow ugc )?noopener$/ },
};
const PAGE = new URL('https://club.example/plaza/foro');

/** What of some HTML, read as a browser reads it, is none of what a member may write; empty where all of it is. */
export function breachesOf(html: string): string[] {
  return parseFragment(html).childNodes.flatMap(breachesOfNode);
}

function breachesOfNode(node: Node): string[] {
  if (node.nodeName === '#text') return [];
  if (!('tagName' in node)) return [node.nodeName];
  const allowed = ALLOWED[node.tagName];
  if (allowed === undefined || node.namespaceURI !== 'http://www.w3.org/1999/xhtml') return [`<${node.tagName}>`];
  const attributes = node.attrs
    .filter(({ name, value }) => allowed[name]?.test(value) !== true || (name === 'href' && !leadsSomewhere(value)))
    .map(({ name, value }) => `<${node.tagName} ${name}="${value}">`);
  return [...attributes, ...node.childNodes.flatMap(breachesOfNode)];
}

/** Pages and mailboxes elsewhere, and what begins with one `/` and stays on this server. */
function leadsSomewhere(address: string): boolean {
  if (/^(?:https?:\/\/|mailto:)/i.test(address)) return true;
  return /^\/(?!\/)/.test(address) && new URL(address, PAGE).origin === PAGE.origin;
}
