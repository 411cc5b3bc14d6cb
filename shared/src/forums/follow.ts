import * as z from 'zod/mini';

/**
 * How a member follows a thread or a category. `watch`: it is told of each answer there, of a category of each new thread. `mute`: it is told of
 * nothing there, not even where it is named. `normal`: it is told where it is named, answered or quoted.
 */
export const FollowLevel = z.enum(['watch', 'normal', 'mute']);
export type FollowLevel = z.infer<typeof FollowLevel>;

export const FollowChoice = z.strictObject({ level: FollowLevel });
export type FollowChoice = z.infer<typeof FollowChoice>;
