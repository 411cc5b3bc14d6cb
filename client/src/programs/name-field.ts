import { findAttribute } from '@verbena/shared/activities/find-attribute.js';
import type { ConditionNames } from '@verbena/shared/rules/tell-condition.js';
import type { Names } from './names.js';

/** How an attribute of an activity is called, by its path: "Sección" of `departments.name`. */
export function nameField(names: Names, activity: string, path: string): string {
  const label = findAttribute(names.told, activity, path)?.['x-label'];
  return label ? names.text(label) : path;
}

/** The unit of an attribute: `EUR`, `kg`; undefined where it has none. */
export function unitOfField(names: Names, activity: string, path: string): string | undefined {
  return findAttribute(names.told, activity, path)?.['x-unit'];
}

/** The names that conditions are said with. */
export function conditionNames(names: Names): ConditionNames {
  return {
    activityType: (id) => names.activityType(id),
    field: (activity, path) => nameField(names, activity, path),
    fieldUnit: (activity, path) => unitOfField(names, activity, path),
    tier: (id) => names.tier(id),
    badge: (id) => names.badge(id),
    memberAttribute: (id) => names.memberAttribute(id),
    isReferral: (activity) => names.isReferral(activity),
  };
}
