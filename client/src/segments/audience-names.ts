import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { AudienceNames } from '@verbena/shared/segments/tell-audience.js';
import { conditionNames } from '#programs/name-field.js';
import type { Names } from '#programs/names.js';

/** The names that audiences are said with; a segment that is not known reads as its slug. */
export function audienceNames(
  names: Names,
  segments: readonly { readonly slug: string; readonly name: LocalizedText }[],
): AudienceNames {
  return {
    ...conditionNames(names),
    segment: (slug) => {
      const found = segments.find((one) => one.slug === slug);
      return found === undefined ? slug : names.text(found.name);
    },
  };
}
