import * as z from 'zod/mini';

/** What somebody may feel about a post without writing; each category chooses which of them. */
export const REACTIONS = ['like', 'love', 'thanks', 'bravo', 'laugh', 'wow'] as const;
export const Reaction = z.enum(REACTIONS);
export type Reaction = z.infer<typeof Reaction>;

export const REACTIONS_AT_FIRST: Reaction[] = ['like', 'love', 'thanks', 'laugh'];

/** How many members react so to a post; those that nobody chose are left out. */
export const ReactionCount = z.object({ reaction: Reaction, count: z.int() });
export type ReactionCount = z.infer<typeof ReactionCount>;
