import { ERRORS, type ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { explainError } from '@verbena/shared/errors/explain-problem.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';

const es = {
  heading: 'Respuesta de error',
  status: 'Estado HTTP',
  title: 'Para quien programa',
  sentence: 'Lo que se lee',
  all: 'Todos los errores',
  other: 'In English',
};
const WORDS: Record<Language, typeof es> = {
  es,
  en: {
    heading: 'Error response',
    status: 'HTTP status',
    title: 'For developers',
    sentence: 'What people read',
    all: 'All errors',
    other: 'En español',
  },
};

/** Stand-ins for the values of a refusal, so that the page shows the sentence whole. */
const EXAMPLES = {
  type: 'purchase',
  slug: 'plaza',
  stored: 52,
  seconds: 2,
  days: 400,
  basedOn: 2,
  newest: 3,
  version: 3,
  earliest: '2026-12-25T23:00:00.000Z',
  amount: 5_000,
  limit: 2_000,
  left: 300,
  from: '2026-12-25T23:00:00.000Z',
  since: '2026-11-20T10:00:00.000Z',
};

/** The page of one code. All of its text is ours, so nothing in it needs escaping but the sentences' own signs. */
export function errorPage(code: ErrorCode, language: Language): string {
  const words = WORDS[language];
  const other = language === 'es' ? 'en' : 'es';
  const others = (Object.keys(ERRORS) as ErrorCode[])
    .map((one) => `<li><a href="/docs/errors/${one}?lang=${language}">${one}</a></li>`)
    .join('');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${code} · Verbena</title>
<style>
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
code, dd { font-variant-numeric: tabular-nums; } dt { font-weight: 600; margin-top: 1rem; } dd { margin: 0; }
ul { columns: 2; padding-left: 1.25rem; }
</style>
</head>
<body>
<main>
<p>${words.heading}</p>
<h1><code>${code}</code></h1>
<dl>
<dt>${words.sentence}</dt><dd>${escapeHtml(explainError(code, EXAMPLES, language))}</dd>
<dt>${words.title}</dt><dd lang="en">${escapeHtml(ERRORS[code].title)}</dd>
<dt>${words.status}</dt><dd>${ERRORS[code].status}</dd>
</dl>
<p><a href="/docs/errors/${code}?lang=${other}" hreflang="${other}" lang="${other}">${words.other}</a></p>
<h2>${words.all}</h2>
<ul>${others}</ul>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
