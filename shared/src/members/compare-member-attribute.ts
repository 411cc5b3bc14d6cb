import { type Comparison, when } from '#programs/difference.js';
import { isSame } from '#programs/judge-change.js';
import type { MemberAttribute } from './member-attribute.js';

/** How two declarations of what the program knows of its members differ: neutral as long as all can be said that could be. */
export const memberAttributeComparison: Comparison<MemberAttribute> = {
  fields: ['schema'],
  compare: ({ schema: was }, { schema: is }) => {
    const choicesOf = (schema: MemberAttribute['schema']) => ('enum' in schema ? (schema.enum ?? []) : []).map(String);
    const isSameButChoices = isSame({ ...was, enum: [] }, { ...is, enum: [] });
    const choices = choicesOf(is);
    const keepsAll = isSameButChoices && (choices.length === 0 || hasAll(choices, choicesOf(was)));
    return when(!isSame(was, is), () => ({
      verdict: keepsAll ? 'neutral' : 'worse',
      tell: ({ words }, thing) => words.reworded({ thing, aspect: words.aspects.schema }),
    }));
  },
};

/** Whether all that could be chosen still can; where anything could be said, a list takes something away. */
function hasAll(choices: readonly string[], before: readonly string[]): boolean {
  return before.length > 0 && before.every((choice) => choices.includes(choice));
}
