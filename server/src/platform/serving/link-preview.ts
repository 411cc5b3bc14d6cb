import type { Language } from '@verbena/shared/platform/localized-text.js';

/** What is shown of an address where somebody shares it: in a chat, in a list of results. */
export interface LinkPreview {
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  /** The program whose address it is, by its slug: installed from there, the client is called as it is and opens there. */
  readonly program?: string;
}

/** Where the built client says how it is installed. */
export const MANIFEST = 'manifest.webmanifest';

/** The picture of every preview: square, and drawn as it is by those who show one. */
const PICTURE = '/icons/icon-512.png';

/**
 * The built page with what its address says of itself in the place of its title. Everything is escaped: a program's name and
 * an alias are chosen by others.
 *
 * @param address the whole address that was asked for, without its query
 */
export function withPreview(html: string, preview: LinkPreview, address: URL): string {
  const { language, title, description, program } = preview;
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
    .replace(/<title>[^<]*<\/title>/, () => tags)
    .replace(MANIFEST_LINK, (found, before: string) =>
      program === undefined ? found : `${before}"${manifestPath(program)}"`,
    );
}

const MANIFEST_LINK = /(<link rel="manifest" href=)"[^"]*"/;
const manifestPath = (program: string) => `/${program}/${MANIFEST}`;

/** The client’s own description for installing it, as that of one program. */
export function manifestOf(built: string, { language, title, description }: LinkPreview, program: string): object {
  const home = `/${program}`;
  const own = { id: home, start_url: home, name: title, short_name: title, lang: language, description };
  return { ...(JSON.parse(built) as object), ...own };
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
