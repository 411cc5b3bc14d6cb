import type { AuditEntry } from '@verbena/shared/audit/audit.routes.js';

/** How what was changed was called then, where the log says it: drafts, keys. */
export function nameOfSubject({ before, after }: Pick<AuditEntry, 'before' | 'after'>): string | undefined {
  return nameIn(after) ?? nameIn(before);
}

function nameIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  return typeof value.name === 'string' ? value.name : undefined;
}
