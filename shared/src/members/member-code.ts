import * as z from 'zod/mini';

/**
 * The table of H. Michael Damm's check digit: a row for what was read so far, a column for the next digit. Every single wrong digit
 * and every two neighbours that changed places lead to another end, which ISO 7064 MOD 11,10 and Luhn do not promise of neighbours.
 * @see H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004
 */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];
const DIGITS = 9;
const FORM = new RegExp(`^[1-9][0-9]{${DIGITS - 1}}$`);

/** The digit that completes these. */
export function checkDigitOf(digits: string): string {
  let row = '0';
  for (const digit of digits) row = DAMM[Number(row)]?.charAt(Number(digit)) ?? row;
  return row;
}

/** A member code from a number that is drawn from 0 up to `MEMBER_CODES`. It begins with no 0, which spreadsheets drop. */
export function memberCodeOf(drawn: number): string {
  const digits = String(10 ** (DIGITS - 2) + drawn);
  return digits + checkDigitOf(digits);
}

/** How many member codes there are. */
export const MEMBER_CODES = 9 * 10 ** (DIGITS - 2);

/** As people read and say it: `482 913 075`. */
export function groupedCode(code: string): string {
  return code.replace(/(.{3})(?=.)/g, '$1 ');
}

/**
 * Says at a till who somebody is, and opens nothing: nine digits, the last of which finds out what was typed wrongly (refused as
 * `mistypedCode`; what has another length as `memberCode`). Blanks and hyphens in it make no difference.
 */
export const MemberCode = z.string().check(
  z.normalize('NFKC'),
  z.overwrite((text) => text.replace(/[\s\p{Pd}]+/gu, '')),
  z.refine((code) => FORM.test(code), { params: { code: 'memberCode' }, abort: true }),
  z.refine((code) => checkDigitOf(code) === '0', { params: { code: 'mistypedCode' } }),
);
export type MemberCode = z.infer<typeof MemberCode>;
