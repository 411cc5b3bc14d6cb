import { en } from './commands.en.js';
import { es } from './commands.es.js';
import { drawProgress } from './progress-line.js';
import { languageOf, openTerminal } from './terminal.js';

test('LC_ALL stands before LANG, and anything but Spanish is English', () => {
  expect(languageOf({ LANG: 'es_ES.UTF-8' })).toBe('es');
  expect(languageOf({ LANG: 'es_ES.UTF-8', LC_ALL: 'en_GB.UTF-8' })).toBe('en');
  expect(languageOf({ LANG: 'C' })).toBe('en');
  expect(languageOf({})).toBe('en');
});

test('every sentence is said in both languages, for none, one and many', () => {
  for (const [language, words] of [
    ['es', es],
    ['en', en],
  ] as const) {
    const { format } = openTerminal(language);
    for (const [name, sentence] of Object.entries(words)) {
      for (const count of [0, 1, 2, 1_000_000]) {
        const params = new Proxy(Object.create(null), { get: () => count });
        const said = typeof sentence === 'string' ? sentence : sentence(params, format);
        expect([name, said]).not.toEqual([name, expect.stringContaining('undefined')]);
        expect(said.trim()).not.toBe('');
      }
    }
  }
});

test('the bar shows the share, what was answered and the rate, grouped as the reader writes', () => {
  const line = drawProgress({ what: 'Compras', part: 0.5, done: 38_447, perSecond: 1_930.4 }, openTerminal('es'));
  expect(line).toBe(`${'█'.repeat(14)}${'░'.repeat(14)}  50 %  Compras  38.447  1.930/s`);
});
