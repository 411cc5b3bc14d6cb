import type { Format } from './format.js';

const WORDS = {
  es: {
    seconds: { one: '# segundo', other: '# segundos' },
    minutes: { one: '# minuto', other: 'unos # minutos' },
    hours: { one: '# hora', other: 'unas # horas' },
  },
  en: {
    seconds: { one: '# second', other: '# seconds' },
    minutes: { one: '# minute', other: 'about # minutes' },
    hours: { one: '# hour', other: 'about # hours' },
  },
};

/** How long to wait: seconds by the one, minutes and hours about. */
export function tellWait(seconds: unknown, f: Format): string {
  const left = Number(seconds ?? 1);
  const words = WORDS[f.language];
  if (left < 100) return f.count(left, words.seconds);
  if (left < 5_400) return f.count(Math.ceil(left / 60), words.minutes);
  return f.count(Math.ceil(left / 3_600), words.hours);
}
