import type { Language } from '@verbena/shared/platform/localized-text.js';

/** A message to one login. Every mail is first a row; who sends it may die at any moment. */
export interface MailDocument {
  _id: string;
  /** The program whose staff see it; null where it belongs to none. */
  program: string | null;
  /** 1, 2, 3 … in each program, without gaps: the list is read by it. Whatever belongs to no program has none. */
  number?: number;
  to: string;
  /** The login that receives it. */
  user: string;
  language: Language;
  /** Whose name stands before the sender's address. */
  fromName: string;
  subject: string;
  /** Plain text; null once it was sent, or given up while it held a secret. */
  text: string | null;
  /** It holds a link or a code that opens something. */
  holdsSecret: boolean;
  status: 'waiting' | 'sent' | 'kept' | 'failed';
  /** How often somebody began to send it. */
  tries: number;
  /** While it waits: not before. Whoever takes it puts this off, so that a row nobody finished is taken again. Later: when it ended. */
  dueAt: Date;
  /** A TTL index removes it 90 days later. */
  createdAt: Date;
  sentAt: Date | null;
  error: string | null;
}
