import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { ERRORS } from '@verbena/shared/manifests.js';
import { Language } from '@verbena/shared/platform/localized-text.js';
import { titleOf } from '@verbena/shared/errors/explain-problem.js';
import { helpOf } from './error-help.js';
import { errorPage } from './error-page.js';

const BASE = 'https://club.example';
const codes = Object.keys(ERRORS) as ErrorCode[];

test.each(Language.options)('every code has a page in %s, with its sentence whole and in that language', (language) => {
  for (const code of codes) {
    const html = errorPage(code, language, BASE);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`<h1><code>${code}</code></h1>`);
    expect(html).not.toMatch(/undefined|NaN|null|\[object/);
  }
});

test('the two languages say it differently, and each page leads to the other', () => {
  for (const code of codes) {
    expect(errorPage(code, 'es', BASE)).not.toBe(errorPage(code, 'en', BASE));
    expect(errorPage(code, 'es', BASE)).toContain(`/docs/errors/${code}?lang=en`);
  }
});

test.each(Language.options)('#50 each says in %s what causes it, what to do, and what is answered', (language) => {
  for (const code of codes) {
    const html = errorPage(code, language, BASE);
    const { cause, remedy } = helpOf(code);
    for (const text of [cause[language], remedy[language]]) {
      expect(text.length).toBeGreaterThan(15);
      expect(html).toContain(`<dd>${text.replaceAll('<', '&lt;')}</dd>`);
    }
    const example = JSON.parse(/<pre>(.*)<\/pre>/s.exec(html)?.[1] ?? '') as Record<string, unknown>;
    expect(example).toMatchObject({ code, title: titleOf(code, language), type: `${BASE}/docs/errors/${code}` });
    expect(JSON.stringify(example)).not.toMatch(/undefined|NaN/);
  }
});

test('#50 what a system meets first says more than its status, and the example has only the values of its sentence', () => {
  const html = errorPage('activity.keyReused', 'es', BASE);
  expect(html).toContain('params.differs');
  expect(html).toContain('"differs": "attributes.totalMinor"');
  expect(html).not.toContain('"slug"');
  expect(helpOf('activity.keyReused')).not.toBe(helpOf('activity.unknownType'));
  expect(errorPage('input.invalid', 'en', BASE)).toContain('It has to be a whole number');
});

test('#48 each title is said in Spanish too', () => {
  for (const code of codes) {
    expect(titleOf(code, 'es').length).toBeGreaterThan(8);
    expect(titleOf(code, 'es')).not.toBe(titleOf(code, 'en'));
  }
});
