import * as z from 'zod/mini';

/** Who wrote something, as the others see it; `alias` null: somebody who has none, or is no member any more. */
export const PostAuthor = z.object({ alias: z.nullable(z.string()), isMe: z.boolean() });
export type PostAuthor = z.infer<typeof PostAuthor>;

/** The same with what stands beside the name on a post, as far as it shows that: its tier, and of the badges that it chose those that it holds. */
export const ShownAuthor = z.object({
  ...PostAuthor.shape,
  tier: z.nullable(z.string()),
  badges: z.array(z.string()),
});
export type ShownAuthor = z.infer<typeof ShownAuthor>;
