import type { Language } from '@verbena/shared/platform/localized-text.js';

/** The sign between groups of three digits, as each language writes it. */
const GROUP: Readonly<Record<Language, string>> = { es: '.', en: ',' };

/**
 * An amount as people type it, in minor units: `12,40` or `1.240,5 €` in Spanish, `12.40` or `1,240.5` in English, and in both
 * either sign before one or two last digits, because a till's keyboard has only one of them. Undefined where it cannot be
 * read without doubt: `1.240` in English is neither 1 nor 1,240.
 * @param digits how many the currency has behind the sign
 */
export function parseMinor(text: string, language: Language, digits = 2): number | undefined {
  const typed = text.replaceAll(/[\s€$£]|EUR|USD|GBP/gi, '').replace('−', '-');
  const match = /^(-?)(\d[\d.,]*?)(?:[.,](\d+))?$/.exec(typed);
  if (match === null) return undefined;
  const [, sign = '', whole = '', last] = match;
  const lastSign = typed.at(-(last?.length ?? 0) - 1);
  const isGroup = last !== undefined && last.length === 3 && lastSign === GROUP[language];
  const units = parseGroups(isGroup ? `${whole}${GROUP[language]}${last}` : whole, language);
  const decimals = isGroup || last === undefined ? '' : last;
  if (units === undefined || decimals.length > digits) return undefined;
  // The sign before the decimals is not the one between the groups.
  if (decimals !== '' && lastSign !== undefined && whole.includes(lastSign)) return undefined;
  const minor = Number(`${units}${decimals.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? (sign === '' || minor === 0 ? minor : -minor) : undefined;
}

/** A whole number as people type it, groups and all; undefined where it is none. */
export function parseWhole(text: string, language: Language): number | undefined {
  const typed = text.replaceAll(/\s/g, '').replace('−', '-');
  const match = /^(-?)(.+)$/.exec(typed);
  const digits = match?.[2] === undefined ? undefined : parseGroups(match[2], language);
  if (digits === undefined) return undefined;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? (match?.[1] === '' || value === 0 ? value : -value) : undefined;
}

/** The digits of a whole number without its group signs, which stand between threes or nowhere. */
function parseGroups(text: string, language: Language): string | undefined {
  const group = GROUP[language] === '.' ? '\\.' : ',';
  return new RegExp(`^(?:\\d+|\\d{1,3}(?:${group}\\d{3})+)$`).test(text)
    ? text.replaceAll(GROUP[language], '')
    : undefined;
}

/** An amount in minor units as it is typed: `1240` → `12,40`. */
export function writeMinor(minor: number, language: Language, digits = 2): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const decimals = digits === 0 ? '' : `${language === 'es' ? ',' : '.'}${text.slice(-digits)}`;
  return `${minor < 0 ? '-' : ''}${whole}${decimals}`;
}
