import * as z from 'zod/mini';
import { checkDigitOf, groupedCode, MEMBER_CODES, MemberCode, memberCodeOf } from './member-code.js';

const read = (text: string) => z.safeParse(MemberCode, text);
const problemOf = (text: string) => (read(text).error?.issues[0] as { params?: { code?: string } } | undefined)?.params;
/** The first, the last, and some between. */
const CODES = [0, 1, 8_765_432, 48_291_307, MEMBER_CODES - 1].map(memberCodeOf);

describe('#2 A6 a member code', () => {
  test('is nine digits and begins with no zero', () => {
    for (const code of CODES) {
      expect(code).toMatch(/^[1-9][0-9]{8}$/);
      expect(read(code).data).toBe(code);
    }
  });

  test('every single wrong digit is found out, and every two neighbours that changed places', () => {
    for (const code of CODES) {
      for (let place = 0; place < code.length; place += 1) {
        const typed = (digits: string) => code.slice(0, place) + digits + code.slice(place + digits.length);
        const [one = '', other] = code.slice(place);
        for (const digit of '0123456789') expect(read(typed(digit)).success).toBe(digit === one);
        if (other !== undefined && other !== one) expect(read(typed(other + one)).success).toBe(false);
      }
    }
  });

  test('the table promises it of every number: its rows and columns are each all ten digits, and no two digits change places', () => {
    const digits = [...'0123456789'];
    const after = (...typed: string[]) => checkDigitOf(typed.join(''));
    // Which first digit leads to which row.
    const leads = new Map(digits.map((digit) => [after(digit), digit]));
    expect(leads.size).toBe(10);
    for (const first of leads.values()) {
      expect(new Set(digits.map((digit) => after(first, digit))).size).toBe(10);
      for (const one of digits)
        for (const other of digits) expect(after(first, one, other) === after(first, other, one)).toBe(one === other);
    }
    for (const digit of digits) expect(new Set(digits.map((first) => after(first, digit))).size).toBe(10);
  });

  test('blanks, hyphens and digits of full width make no difference', () => {
    const [, , , code = ''] = CODES;
    for (const typed of [groupedCode(code), ` ${code} `, code.replace(/(...)(...)/, '$1-$2–'), fullWidth(code)])
      expect(read(typed).data).toBe(code);
    expect(groupedCode(code)).toBe(`${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`);
  });

  test('a digit that was typed wrongly is told apart from what is no code at all', () => {
    const [, , , code = ''] = CODES;
    const wrong = code.slice(0, 8) + ((Number(code[8]) + 1) % 10);
    expect(problemOf(wrong)).toEqual({ code: 'mistypedCode' });
    for (const typed of ['', '1808', `${code}0`, code.replace(/^./, '0'), 'nueve cifras', `+${code}`])
      expect(problemOf(typed)).toEqual({ code: 'memberCode' });
  });
});

function fullWidth(code: string): string {
  return code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
}
