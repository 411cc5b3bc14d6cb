import type { Language } from '@verbena/shared/platform/localized-text.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The same words for readers who see HTML: paragraphs, and addresses that stand alone on a line as links. Nothing is fetched. */
export function htmlOf(text: string, language: Language): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p style="margin:0 0 16px">${paragraph.split('\n').map(lineOf).join('<br>')}</p>`);
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>` +
    `<body style="margin:0;padding:24px"><div style="max-width:36rem;font:16px/1.5 system-ui,sans-serif">` +
    `${paragraphs.join('')}</div></body></html>`
  );
}

function lineOf(line: string): string {
  const safe = escape(line);
  return /^https?:\/\/\S+$/.test(line) ? `<a href="${safe}" style="overflow-wrap:anywhere">${safe}</a>` : safe;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
