import type { Language } from '@verbena/shared/platform/localized-text.js';

/** What is shown of an address where somebody shares it: in a chat, in a list of results. */
export interface LinkPreview {
  readonly language: Language;
  readonly title: string;
  readonly description: string;
}

/** The picture of every preview: square, and drawn as it is by those who show one. */
const PICTURE = '/icons/icon-512.png';

/**
 * The built page with what its address says of itself in the place of its title. Everything is escaped: a program's name and
 * an alias are chosen by others.
 *
 * @param address the whole address that was asked for, without its query
 */
export function withPreview(html: string, { language, title, description }: LinkPreview, address: URL): string {
  const tags = [
    `<title>${escaped(title)}</title>`,
    `<meta name="description" content="${escaped(description)}" />`,
    ...Object.entries({
      'og:type': 'website',
      'og:site_name': 'Verbena',
      'og:title': title,
      'og:description': description,
      'og:url': address.href,
      'og:image': new URL(PICTURE, address).href,
      'og:locale': language === 'es' ? 'es_ES' : 'en_GB',
    }).map(([property, content]) => `<meta property="${property}" content="${escaped(content)}" />`),
    ...Object.entries({ 'twitter:card': 'summary', 'twitter:title': title, 'twitter:description': description }).map(
      ([name, content]) => `<meta name="${name}" content="${escaped(content)}" />`,
    ),
    `<meta name="twitter:image" content="${escaped(new URL(PICTURE, address).href)}" />`,
  ].join('\n    ');
  // As functions, because a name may hold what a replacement would read as a sign of its own.
  return html
    .replace(/<html lang="[^"]*"/, () => `<html lang="${language}"`)
    .replace(/<title>[^<]*<\/title>/, () => tags);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
