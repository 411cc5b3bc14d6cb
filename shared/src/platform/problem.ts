import * as z from 'zod/mini';

/** Values that fill the gaps of a sentence. */
export const ProblemParams = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type ProblemParams = z.infer<typeof ProblemParams>;

/** What is wrong with one field of an input: where, which rule, and the rule's values. Sentences are chosen by `code`. */
export const Problem = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  code: z.string(),
  params: z.optional(ProblemParams),
  /** The sentence for people, in answers. */
  detail: z.optional(z.string()),
});
export type Problem = z.infer<typeof Problem>;

/**
 * RFC 9457 problem details, the body of every refusal. `detail` are the sentences for people. `result` is what was recorded of a request
 * that was decided and refused, such as a hold without enough points: its entry, as a success answers it, the same at each repeat.
 */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.optional(z.string()),
  params: z.optional(ProblemParams),
  fields: z.optional(z.array(Problem)),
  result: z.optional(z.record(z.string(), z.unknown())),
  traceId: z.string(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;
