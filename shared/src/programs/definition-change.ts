import * as z from 'zod/mini';
import { LocalizedText } from '#platform/localized-text.js';
import { CHANGE_KINDS } from './definitions.js';

/**
 * What a change is to members: `better` purely to their benefit, `neutral` neither (words, order), `worse` anything else. What
 * cannot be told for sure is `worse`: then the notice period protects them.
 */
export const Verdict = z.enum(['better', 'neutral', 'worse']);
export type Verdict = z.infer<typeof Verdict>;

/** One sentence of a change, in both languages. */
export const ChangeSentence = z.object({ verdict: Verdict, text: z.object({ es: z.string(), en: z.string() }) });
export type ChangeSentence = z.infer<typeof ChangeSentence>;

/** What became of one definition between two versions. Its verdict is that of its worst sentence. */
export const DefinitionChange = z.object({
  kind: z.enum(CHANGE_KINDS),
  /** Absent where the order of the whole list changed. */
  id: z.optional(z.string()),
  name: z.optional(LocalizedText),
  change: z.enum(['added', 'removed', 'changed', 'reordered']),
  verdict: Verdict,
  sentences: z.array(ChangeSentence),
});
export type DefinitionChange = z.infer<typeof DefinitionChange>;

/** The worst of some verdicts; `neutral` of none, `better` only where something is and nothing is worse. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('worse')) return 'worse';
  return verdicts.includes('better') ? 'better' : 'neutral';
}
