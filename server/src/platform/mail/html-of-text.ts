import type { Language } from '@verbena/shared/platform/localized-text.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * The same words for readers who see HTML: paragraphs, and an address that is a paragraph of its own as a link. Names that
 * somebody chose are words of a paragraph, so none of them becomes one. Nothing is fetched.
 */
export function htmlOf(text: string, language: Language): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map(
      (paragraph) =>
        `<p style="margin:0 0 16px">${linkOf(paragraph) ?? escape(paragraph).replaceAll('\n', '<br>')}</p>`,
    );
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>` +
    `<body style="margin:0;padding:24px"><div style="max-width:36rem;font:16px/1.5 system-ui,sans-serif">` +
    `${paragraphs.join('')}</div></body></html>`
  );
}

function linkOf(paragraph: string): string | null {
  const safe = escape(paragraph);
  return /^https?:\/\/\S+$/.test(paragraph) ? `<a href="${safe}" style="overflow-wrap:anywhere">${safe}</a>` : null;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
