import * as z from 'zod/mini';
import type { PermissionSpec } from '#platform/manifest.js';
import { NoticeAdded } from './notice.js';

export const permissions = {
  'notices.read': { role: 'member', secondFactor: 'never' },
} as const satisfies Record<string, PermissionSpec>;

/** `inbox` is what a member is told of others: dense, for that member alone. */
export const streams = { inbox: z.literal('inbox') };

export const pushes = { 'notice.added': NoticeAdded };
