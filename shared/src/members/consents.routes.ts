import * as z from 'zod/mini';
import { Language, LocalizedText } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { LegalVersion, PurposeId } from '#programs/legal.js';
import { ConsentDraft } from './consents.js';

export const Acceptance = z.object({ version: LegalVersion, at: Instant, language: Language });
export type Acceptance = z.infer<typeof Acceptance>;

/** One thing that was said, kept for ever; `purpose` is null where it is about the terms. */
export const ConsentRecord = z.object({
  at: Instant,
  act: z.enum(['accepted', 'given', 'withdrawn']),
  purpose: z.nullable(PurposeId),
  version: LegalVersion,
  language: Language,
  /** `join`: when it joined · `app`: later, by itself · `console`: staff, for it · `command`: a command of this machine. */
  channel: z.enum(['join', 'app', 'console', 'command']),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;

/** What a member has accepted and allows. */
export const MemberConsents = z.object({
  /** The texts in force, to which it answers; null where the program has none. */
  version: z.nullable(LegalVersion),
  /** Null: it never accepted any. */
  accepted: z.nullable(Acceptance),
  /** The texts in force are asked of it: until then it reads everything and does nothing with its points. */
  mustAccept: z.boolean(),
  /** Those in force; `given` only where it said yes to this very sentence. */
  purposes: z.array(z.object({ id: PurposeId, text: LocalizedText, given: z.boolean() })),
  /** The newest first, at most 500. */
  history: z.array(ConsentRecord),
});
export type MemberConsents = z.infer<typeof MemberConsents>;

export const getConsents = route({
  method: 'GET',
  path: '/programs/:program/members/:member/consents',
  summary: 'Which terms a member accepted, what it allows, and since when: ask before you use its data for a purpose',
  access: { ownOr: 'members.read' },
  response: MemberConsents,
  errors: ['program.notFound', 'member.notFound'],
});

export const changeConsents = route({
  method: 'POST',
  path: '/programs/:program/members/:member/consents',
  summary: 'Accept the terms, give or withdraw a consent; staff only withdraw, for whoever asked them to',
  access: { ownOr: 'members.write' },
  body: ConsentDraft,
  response: MemberConsents,
  errors: [
    'program.notFound',
    'member.notFound',
    'member.closed',
    'legal.changed',
    'legal.notAccepted',
    'consent.notOwn',
  ],
});
