import type { PermissionSpec } from '#platform/manifest.js';

export const permissions = {
  'audit.read': { role: 'manager', secondFactor: 'never' },
} as const satisfies Record<string, PermissionSpec>;
