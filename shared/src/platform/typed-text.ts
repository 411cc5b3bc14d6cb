import * as z from 'zod/mini';

/**
 * Signs that change a text without being seen: control signs, line breaks, directions, blanks of no width, private and broken
 * ones. An emoji is matched before them, with what colours it and joins its parts: that stays.
 */
const UNSEEN =
  /(\p{Emoji}[\uFE0E\uFE0F\p{Emoji_Modifier}]?(?:\u200D\p{Extended_Pictographic}[\uFE0E\uFE0F\p{Emoji_Modifier}]?)*)|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800]/gu;
const LINE_BREAK = /\r\n?|[\n\v\f\u0085\u2028\u2029]/gu;

/** What a reader of mail makes a link of: a scheme, or a dot between a sign and the letters of a domain. Compared as NFKC. */
const ADDRESS = /:\/\/|[\p{L}\p{M}\p{N}][.。](?:\p{L}\p{M}*){2,}(?![\p{L}\p{M}\p{N}])/u;

/**
 * A text of one line that a person types: NFC, without blanks around it, of `min` to `max` characters then, and every sign of it
 * can be seen. Refused as `unseen`.
 */
export function typedLine(min: number, max: number) {
  return z.string().check(
    z.normalize('NFC'),
    z.trim(),
    z.minLength(min),
    z.maxLength(max),
    z.refine((text) => withoutUnseen(text) === text, { params: { code: 'unseen' } }),
  );
}

/** For a line that stands in mails or before strangers: neither a link nor the address of a page or mailbox. Refused as `address`. */
export const withoutAddress = z.refine<string>((text) => !ADDRESS.test(text.normalize('NFKC')), {
  params: { code: 'address' },
});

/** How a person or a program is called: a typed line of up to `max` characters without an address. */
export function typedName(max: number) {
  return typedLine(1, max).check(withoutAddress);
}

/** A text of several lines that a person types: NFC, its line breaks as `\n`, and without the signs that nobody sees. */
export function typedText(min: number, max: number) {
  return z.string().check(z.overwrite(seenText), z.trim(), z.minLength(min), z.maxLength(max));
}

/** A text as `typedText` keeps it. */
export function seenText(text: string): string {
  const lines = text.normalize('NFC').replace(LINE_BREAK, '\n').split('\n');
  return lines.map((line) => withoutUnseen(line.replaceAll('\t', ' '))).join('\n');
}

function withoutUnseen(text: string): string {
  return text.replace(UNSEEN, '$1');
}

/** A text as one line: as `seenText`, with a blank for each line break. */
export function seenLine(text: string): string {
  return seenText(text).replaceAll('\n', ' ');
}

/** Scripts whose letters do not stand in one word together; of all others together the last. */
const SCRIPTS = [
  /\p{sc=Latin}/u,
  /\p{sc=Cyrillic}/u,
  /\p{sc=Greek}/u,
  /\p{sc=Armenian}/u,
  /\p{sc=Hebrew}/u,
  /\p{sc=Arabic}/u,
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]/u,
  /[^\P{L}\p{sc=Common}\p{sc=Inherited}\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]/u,
];

/** Each word in one script, so that no letter passes for one of another alphabet. Refused as `scripts`. */
export const oneScriptAWord = z.refine<string>(
  (text) => text.split(/\s+/u).every((word) => SCRIPTS.filter((script) => script.test(word)).length <= 1),
  { params: { code: 'scripts' } },
);
