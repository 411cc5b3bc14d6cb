import { type ConditionNames, ConditionTeller, joinParts } from '#rules/tell-condition.js';
import type { Format } from '#words/format.js';
import type { Audience } from './audience.js';
import type { AudienceTellWords } from './audience.es.js';

/** How what an audience names is called in the reader's language. */
export interface AudienceNames extends ConditionNames {
  segment(slug: string): string;
}

/** Says whom something is for, as what is so of somebody: "su categoría es Plata o más y tiene la insignia «Primera compra»". */
export function tellAudience(
  audience: Audience | null,
  words: AudienceTellWords,
  names: AudienceNames,
  format: Format,
): string {
  const conditions = new ConditionTeller(words, names, format);
  const tell = (part: Audience): string => {
    if ('all' in part) return joinParts(part.all, words.and, tell, isBranch);
    if ('any' in part) return joinParts(part.any, words.or, tell, isBranch);
    if ('not' in part) return tellNot(part.not) ?? words.not({ what: tell(part.not) });
    if ('role' in part) return words.role[part.role.atLeast];
    if ('segment' in part) return words.segment({ segment: names.segment(part.segment) });
    return conditions.tell(part, '');
  };
  /** The opposite in words of its own, where there are any. */
  const tellNot = (part: Audience): string | undefined => {
    if ('badge' in part) return words.notBadge({ badge: names.badge(part.badge) });
    if ('segment' in part) return words.notSegment({ segment: names.segment(part.segment) });
    if (!('tier' in part)) return undefined;
    return 'is' in part.tier
      ? words.tierIsNot({ tier: names.tier(part.tier.is) })
      : words.tierBelow({ tier: names.tier(part.tier.atLeast) });
  };
  const isBranch = (part: Audience): boolean =>
    'all' in part || 'any' in part || ('not' in part && tellNot(part.not) === undefined);
  return audience === null ? words.everybody : tell(audience);
}
