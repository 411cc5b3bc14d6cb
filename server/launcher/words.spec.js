import { languageOf, say, WORDS } from './words.js';

const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

test('both languages say the same phrases with the same placeholders', () => {
  expect(Object.keys(WORDS.es).sort()).toEqual(Object.keys(WORDS.en).sort());
  for (const [phrase, text] of Object.entries(WORDS.en)) {
    expect({ phrase, names: placeholders(WORDS.es[phrase]) }).toEqual({ phrase, names: placeholders(text) });
  }
});

test('nothing is left empty, and sentences differ between the languages', () => {
  for (const [phrase, text] of Object.entries(WORDS.en)) {
    expect(text.trim()).not.toBe('');
    if (text.includes(' ') && phrase !== 'still') expect(WORDS.es[phrase]).not.toBe(text);
  }
});

test('the language is that of the terminal: LC_ALL before LC_MESSAGES before LANG', () => {
  expect(languageOf({ LANG: 'es_ES.UTF-8' })).toBe('es');
  expect(languageOf({ LANG: 'en_GB.UTF-8' })).toBe('en');
  expect(languageOf({ LANG: 'es_MX.UTF-8', LC_ALL: 'C' })).toBe('en');
  expect(languageOf({ LANG: 'C', LC_MESSAGES: 'es_AR' })).toBe('es');
  expect(languageOf({})).toBe('en');
});

test('placeholders are filled in', () => {
  expect(say('port.next', { wanted: 3000, port: 3001 }, 'en')).toBe('Port 3000 is taken; using 3001.');
  expect(say('port.next', { wanted: 3000, port: 3001 }, 'es')).toBe('El puerto 3000 está ocupado; se usa el 3001.');
});
