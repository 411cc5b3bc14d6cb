import * as z from 'zod/mini';

/** Who wrote something, as the others see it; `alias` null: somebody who has none, or is no member any more. */
export const PostAuthor = z.object({ alias: z.nullable(z.string()), isMe: z.boolean() });
export type PostAuthor = z.infer<typeof PostAuthor>;
