import type { CategoryColor, CategoryIcon, CategoryRights, ThreadOrder } from '@verbena/shared/forums/category.js';
import type { Reaction } from '@verbena/shared/forums/reaction.js';
import type { ForumActivityType } from '@verbena/shared/forums/forum-activities.js';
import type { FollowLevel } from '@verbena/shared/forums/follow.js';
import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';

/** A part of the forum, with who may do what there. Never deleted, since threads stand in it. */
export interface CategoryDocument {
  readonly _id: string;
  readonly program: string;
  /** Taken once in a program. */
  readonly slug: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText | null;
  readonly icon: CategoryIcon;
  readonly color: CategoryColor;
  readonly parent: string | null;
  readonly place: number;
  readonly order: ThreadOrder;
  readonly ownThreadsOnly: boolean;
  readonly reactions: Reaction[];
  readonly rights: CategoryRights;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
}

/** A post as a thread remembers its last one. Moments are milliseconds since 1970, as lists are walked by them. */
export interface LastPost {
  readonly author: string;
  readonly atMs: number;
  /** Absent: the thread's highest, as long as none of its last posts was taken away. */
  readonly number?: number;
}

/** Who took something away: its author, or somebody who moderates. */
export interface DeletionRecord {
  readonly by: 'author' | 'moderator';
  readonly at: Date;
  readonly reason: string | null;
  readonly isPurged: boolean;
  /** The post was the accepted answer then, and is so again when it comes back. */
  readonly wasAnswer: boolean;
}

export interface ThreadDocument {
  /** Made of its author and the key of its first post. */
  readonly _id: string;
  readonly program: string;
  readonly category: string;
  /** The member who opened it, whatever is moved into it later. */
  readonly author: string;
  readonly title: string;
  readonly openedAtMs: number;
  /** When somebody wrote in it last: its place in lists. */
  readonly bumpedAtMs: number;
  /** The highest number; those below have no gaps. */
  readonly posts: number;
  /** Answers that are there. */
  readonly replies: number;
  readonly last: LastPost;
  readonly pin: 'category' | 'forum' | null;
  readonly pinUntil: Date | null;
  readonly lockedAt: Date | null;
  readonly closesAt: Date | null;
  readonly slowModeSeconds: number;
  readonly answer: { readonly post: string; readonly number: number } | null;
  /** Its first post was taken away. */
  readonly isDeleted: boolean;
  /** Rises with each change of it and of its posts. */
  readonly changes: number;
}

export interface PostDocument {
  /** Made of its author and its key; that of a thread's first post is the thread's own. */
  readonly _id: string;
  readonly program: string;
  readonly thread: string;
  readonly number: number;
  readonly author: string;
  readonly createdAt: Date;
  /** Of what was sent with the key, so that a repeat is known from another text. */
  readonly digest: string;
  readonly body: string;
  /** The body, rendered and cleaned by that version of the renderer. */
  readonly html: string;
  readonly markdown: number;
  /** How many letters and digits the author's own words have; absent from posts of before it was counted. */
  readonly letters?: number;
  /** Rises with each change of the words; `writtenAt` and `writtenBy` are of this version. */
  readonly version: number;
  readonly writtenAt: Date;
  /** A member, or a login that is none here. */
  readonly writtenBy: string;
  /** Null while its words were only changed by its author in the first minutes. */
  readonly editedAt: Date | null;
  readonly replyTo: { readonly post: string; readonly number: number; readonly author: string } | null;
  readonly deletion: DeletionRecord | null;
  /** How many members react so; absent while nobody does. */
  readonly reactions?: Readonly<Partial<Record<Reaction, number>>>;
  /** What the thread's `changes` was at its last change. */
  readonly change: number;
}

/** What a member thinks of a post. `_id` is `<post>|<member>`: there is one. */
export interface ReactionDocument {
  readonly _id: string;
  readonly program: string;
  readonly post: string;
  readonly member: string;
  readonly reaction: Reaction;
  readonly at: Date;
}

/** Words that a post had before. `_id` is `<post>|<version>`. */
export interface PostVersionDocument {
  readonly _id: string;
  readonly program: string;
  readonly post: string;
  readonly version: number;
  readonly body: string;
  readonly at: Date;
  readonly by: string;
}

/**
 * How a member stands to a thread or a category: how far it has read it, and how it follows it. `_id` is `<member>|<of>`; what was read only
 * moves forward.
 */
export interface MarkDocument {
  readonly _id: string;
  readonly program: string;
  readonly member: string;
  /** A thread or a category. */
  readonly of: string;
  /** The last post that it has read; of a category 0. Absent until it read something. */
  readonly number?: number;
  /** When that was said last, in milliseconds since 1970. A category was read up to then. */
  readonly atMs?: number;
  /** Absent until it chose. */
  readonly level?: FollowLevel;
}

/**
 * What was told of a post, for its author to earn by. `_id` is `<type>|<post>`, of a reaction `<type>|<post>|<other>`: told again after it was
 * taken back it is the same, one more time.
 */
export interface ToldDocument {
  readonly _id: string;
  readonly program: string;
  readonly thread: string;
  readonly post: string;
  readonly type: ForumActivityType;
  /** Who earns by it. */
  readonly member: string;
  /** Who reacted or accepted; null where nobody else took part. */
  readonly other: string | null;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** How often it was told. */
  readonly times: number;
  /** It was not taken back since. */
  readonly stands: boolean;
  /** The deletion of the post took it back, and its return tells it again. */
  readonly wentWithPost?: boolean;
  /** When it was told last. */
  readonly at: Date;
}
