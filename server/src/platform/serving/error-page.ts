import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { ERRORS } from '@verbena/shared/manifests.js';
import { explainError, titleOf } from '@verbena/shared/errors/explain-problem.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Problem, ProblemParams } from '@verbena/shared/platform/problem.js';
import { Refusal } from '#platform/errors/refusal.js';
import { problemDetails } from '#platform/http/problem.filter.js';
import { helpOf } from './error-help.js';

const es = {
  heading: 'Respuesta de error',
  status: 'Estado HTTP',
  title: 'Para quien programa',
  sentence: 'Lo que se lee',
  cause: 'Por qué ocurre',
  remedy: 'Qué hacer',
  example: 'Así se responde',
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
    cause: 'Why it happens',
    remedy: 'What to do',
    example: 'What is answered',
    all: 'All errors',
    other: 'En español',
  },
};

/** Stand-ins for the values of a refusal, so that the page shows the sentence whole. */
const EXAMPLES: ProblemParams = {
  allowed: 'GET, POST',
  differs: 'attributes.totalMinor',
  has: 'activities.read, activities.write',
  machine: true,
  max: 5,
  count: 2,
  right: 'members.read',
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

/** And for the fields that are not valid. */
const FIELDS: readonly Problem[] = [
  { path: ['attributes', 'totalMinor'], code: 'type.integer', params: { given: 'string' } },
];
const TRACE_ID = '01KB7Q2M5X8N3V9T4C6R0W1E2H';

/** What a server answers, with the values that its sentence says. */
function exampleOf(code: ErrorCode, language: Language, base: string): string {
  const said = new Set<string>();
  const values = new Proxy(EXAMPLES, {
    get(target, name) {
      said.add(String(name));
      return Reflect.get(target, name);
    },
  });
  explainError(code, values, language);
  const params = Object.fromEntries(Object.entries(EXAMPLES).filter(([name]) => said.has(name)));
  const fields = code === 'input.invalid' ? FIELDS : [];
  return JSON.stringify(problemDetails(new Refusal(code, params, fields), language, TRACE_ID, base), null, 2);
}

/** The page of one code; `base` is where this server is found. All of its text is ours, so nothing in it needs escaping but the sentences' own signs. */
export function errorPage(code: ErrorCode, language: Language, base: string): string {
  const words = WORDS[language];
  const { cause, remedy } = helpOf(code);
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
pre { overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
ul { columns: 2; padding-left: 1.25rem; }
</style>
</head>
<body>
<main>
<p>${words.heading}</p>
<h1><code>${code}</code></h1>
<dl>
<dt>${words.sentence}</dt><dd>${escapeHtml(explainError(code, EXAMPLES, language))}</dd>
<dt>${words.title}</dt><dd>${escapeHtml(titleOf(code, language))}</dd>
<dt>${words.status}</dt><dd>${ERRORS[code].status}</dd>
<dt>${words.cause}</dt><dd>${escapeHtml(cause[language])}</dd>
<dt>${words.remedy}</dt><dd>${escapeHtml(remedy[language])}</dd>
</dl>
<h2>${words.example}</h2>
<pre>${escapeHtml(exampleOf(code, language, base))}</pre>
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
