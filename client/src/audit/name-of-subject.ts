import type { AuditEntry } from '@verbena/shared/audit/audit.routes.js';
import { LocalizedName, type LocalizedText } from '@verbena/shared/platform/localized-text.js';

/** How what was changed was called then, where the log says it: drafts, keys, segments, categories of the forum. */
export function nameOfSubject(
  { before, after }: Pick<AuditEntry, 'before' | 'after'>,
  choose: (text: LocalizedText) => string,
): string | undefined {
  return nameIn(after, choose) ?? nameIn(before, choose);
}

function nameIn(value: unknown, choose: (text: LocalizedText) => string): string | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  if (typeof value.name === 'string') return value.name;
  const name = LocalizedName.safeParse(value.name);
  return name.success ? choose(name.data) : undefined;
}
