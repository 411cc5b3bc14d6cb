import type { Actor } from '@verbena/shared/audit/audit.routes.js';

/** One change by staff. */
export interface AuditEntryDocument {
  _id: string;
  program: string;
  /** 1, 2, 3 … in each program, without gaps. */
  number: number;
  at: Date;
  actor: Actor;
  action: string;
  subject: { kind: string; id: string };
  before: unknown;
  after: unknown;
}
