import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';

/** A name as it is sent: without the language in which nothing was written; undefined where nothing was. */
export function nameOf({ es = '', en = '' }: LocalizedText): LocalizedText | undefined {
  const name = { ...(es.trim() === '' ? {} : { es: es.trim() }), ...(en.trim() === '' ? {} : { en: en.trim() }) };
  return Object.keys(name).length === 0 ? undefined : name;
}
