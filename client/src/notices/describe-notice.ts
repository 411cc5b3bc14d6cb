import type { Notice } from '@verbena/shared/notices/notice.js';
import { locale } from '#lib/words/locale.svelte.js';

/** A notice in a sentence: “Ana and 3 more replied in …”. */
export function describeNotice({ reason, by, others, count, title }: Notice): string {
  const { format } = locale;
  const words = locale.area('bell').notice;
  const who = words.who({ by: by ?? words.someone, others }, format);
  return words[reason]({ who, people: others + 1, count, title }, format);
}
