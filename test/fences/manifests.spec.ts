import { readdir } from 'node:fs/promises';
import * as together from '@verbena/shared/manifests.js';

const SOURCES = new URL('../../shared/src/', import.meta.url);
/** What a manifest may export, and what becomes of it. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  permissions: Object.keys(together.PERMISSIONS),
  errors: Object.keys(together.ERRORS),
  activities: together.HOUSE_ACTIVITIES.map(({ id }) => id),
  auditActions: together.AUDIT_ACTIONS,
  auditSubjects: together.AUDIT_SUBJECTS,
  reservedSlugs: [...together.RESERVED_SLUGS],
  streams: Object.keys(together.STREAMS),
  pushes: Object.keys(together.PUSHES),
};

test('all that manifests bring is put together, and nothing of one takes the place of another’s', async () => {
  const brought: Record<string, string[]> = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
  const files = (await readdir(SOURCES, { recursive: true })).filter((file) => file.endsWith('.manifest.ts'));
  for (const file of files) {
    const manifest = (await import(new URL(file, SOURCES).pathname)) as Record<string, object>;
    for (const [kind, rows] of Object.entries(manifest))
      brought[kind]?.push(...(Array.isArray(rows) ? rows.map(idOf) : Object.keys(rows)));
    expect(Object.keys(KINDS)).toEqual(expect.arrayContaining(Object.keys(manifest)));
  }
  for (const [kind, ids] of Object.entries(KINDS))
    expect([kind, brought[kind]?.sort()]).toEqual([kind, [...new Set(ids)].sort()]);
});

/** Of a list of names each is its own; of others each says its id. */
function idOf(row: string | { readonly id: string }): string {
  return typeof row === 'string' ? row : row.id;
}
