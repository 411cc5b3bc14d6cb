import * as z from 'zod/mini';
import { queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { typedText } from '#platform/typed-text.js';
import { AgeMin, LegalState, LegalVersion, PurposeDraft } from './legal.js';

const TEXT_MAX = 60_000;
const Markdown = typedText(1, TEXT_MAX);
const MarkdownTexts = z.strictObject({ es: z.optional(Markdown), en: z.optional(Markdown) });

/** The two texts of a program, as Markdown, in the program's language at least. */
export const LegalMarkdown = z.strictObject({ terms: MarkdownTexts, privacy: MarkdownTexts });
export type LegalMarkdown = z.infer<typeof LegalMarkdown>;

/**
 * A new version of a program's legal texts. `mustAccept`: members who accepted an older one are asked again; else it is only
 * announced. The first is always asked for. `expectedVersion` is the one that it replaces, 0 for none.
 */
export const LegalDraft = z.strictObject({
  ...LegalMarkdown.shape,
  ageMin: AgeMin,
  purposes: z.array(PurposeDraft).check(z.maxLength(8)),
  mustAccept: z.boolean(),
  expectedVersion: z.int().check(z.gte(0)),
});
export type LegalDraft = z.infer<typeof LegalDraft>;

/** A published version. The texts are HTML made of the Markdown, without anything that runs. */
export const LegalTexts = z.object({
  ...LegalState.shape,
  mustAccept: z.boolean(),
  terms: z.object({ es: z.optional(z.string()), en: z.optional(z.string()) }),
  privacy: z.object({ es: z.optional(z.string()), en: z.optional(z.string()) }),
  /** As they were written, for whoever asks with `source=true`. */
  source: z.optional(LegalMarkdown),
  /** Every version that there was, the newest first. */
  versions: z.array(z.object({ version: LegalVersion, publishedAt: Instant, mustAccept: z.boolean() })),
});
export type LegalTexts = z.infer<typeof LegalTexts>;

export const getLegalTexts = route({
  method: 'GET',
  path: '/programs/:program/legal',
  summary: 'Terms and privacy notice of a program, in force or of an older version, for anybody',
  access: 'public',
  query: z.strictObject({
    version: z.optional(queryInteger(1, 1_000_000)),
    source: z.optional(z.enum(['true', 'false'])),
  }),
  response: LegalTexts,
  errors: ['program.notFound', 'legal.notFound'],
});

export const publishLegalTexts = route({
  method: 'POST',
  path: '/programs/:program/legal',
  summary: 'Publish terms, privacy notice, minimal age and purposes as a new version; older ones stay readable',
  access: 'programs.write',
  body: LegalDraft,
  response: LegalTexts,
  status: 201,
  errors: ['program.notFound', 'legal.conflict'],
});

export const previewLegalText = route({
  method: 'POST',
  path: '/programs/:program/legal/preview',
  summary: 'What a text will look like; nothing is kept',
  access: 'programs.write',
  body: z.strictObject({ markdown: Markdown }),
  response: z.object({ html: z.string() }),
  errors: ['program.notFound'],
});
