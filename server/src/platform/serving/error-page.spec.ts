import { ERRORS, type ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { Language } from '@verbena/shared/platform/localized-text.js';
import { errorPage } from './error-page.js';

const codes = Object.keys(ERRORS) as ErrorCode[];

test.each(Language.options)('every code has a page in %s, with its sentence whole and in that language', (language) => {
  for (const code of codes) {
    const html = errorPage(code, language);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`<h1><code>${code}</code></h1>`);
    expect(html).not.toMatch(/undefined|NaN|null|\[object/);
  }
});

test('the two languages say it differently, and each page leads to the other', () => {
  for (const code of codes) {
    expect(errorPage(code, 'es')).not.toBe(errorPage(code, 'en'));
    expect(errorPage(code, 'es')).toContain(`/docs/errors/${code}?lang=en`);
  }
});
