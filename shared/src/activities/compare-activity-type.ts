import { type Comparison, when } from '#programs/difference.js';
import { isSame } from '#programs/judge-change.js';
import type { ActivityType } from './activity-type.js';

/** How two revisions of an activity type differ: neutral as long as all stays that there was. */
export const activityTypeComparison: Comparison<ActivityType> = {
  fields: ['attributes'],
  compare: ({ attributes: was }, { attributes: is }) => {
    const keepsAll =
      isSame(was.required ?? [], is.required ?? []) &&
      Object.entries(was.properties).every(([name, attribute]) => isSame(attribute, is.properties[name]));
    return when(!isSame(was, is), () => ({
      verdict: keepsAll ? 'neutral' : 'worse',
      tell: ({ words }, thing) => words.reworded({ thing, aspect: words.aspects.attributes }),
    }));
  },
};
