import type { AUDIT_ACTIONS, AUDIT_SUBJECTS } from '#manifests.js';

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];
