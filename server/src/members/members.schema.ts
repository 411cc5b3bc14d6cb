import type { ConsentRecord } from '@verbena/shared/members/consents.routes.js';
import { type BoardsChoice, type Member, type Shows, SHOWS_AT_FIRST } from '@verbena/shared/members/members.routes.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Actor } from '#platform/http/principal.js';
import type { HeadDocument } from '#platform/mongo/numbers.js';

/** What a member says of itself that completes its profile, each once saved by a change of the profile. */
export type ProfileField = 'language' | 'zone';

/** Who invited a member, and until when that can count: `until` is the last day, in the program's zone. */
export interface InvitedBy {
  readonly advocate: string;
  readonly joinedAt: Date;
  readonly until: string;
}

/** An enrolment. Points are not here: the member knows none. */
export interface MemberDocument {
  _id: string;
  program: string;
  shard: number;
  user: string | null;
  name: string | null;
  alias: string | null;
  /** The alias as it is compared (`aliasKeyOf`); unique in the program. */
  aliasKey: string | null;
  language: Language;
  zone: string;
  joinedAt: Date;
  enrolment: Member['enrolment'];
  boards: BoardsChoice;
  shows: Shows;
  chosenBadges: readonly string[];
  saved: readonly ProfileField[];
  profileCompletedAt: Date | null;
  invitedBy: InvitedBy | null;
  /** Its own code in links, made when first asked for; unique in the program. */
  inviteCode: string | null;
  /** What it shows at a till (`MemberCode`), made when first asked for; unique in the program, and its own for ever. */
  memberCode: string | null;
  /** How often it joined by itself; 0: only a brand or staff know it. */
  joins: number;
  /** Rises with each change that decisions or boards read, so that each has a key of its own. */
  changes: number;
  /** The member to which it was joined, and where everything that names it leads. */
  closedInto: string | null;
  /** The login that it had when it was joined to another: a person who is here as that one does not begin anew. */
  endedUser: string | null;
  /** The legal texts that it accepted last. */
  accepted: { readonly version: number; readonly at: Date; readonly language: Language } | null;
  /** By purpose the version of the texts to which it said yes; without one it said no, or nothing. */
  consents: Readonly<Record<string, number>>;
}

/** What stands in the collection: members written before the later fields came lack them. */
type LaterField =
  | 'aliasKey'
  | 'enrolment'
  | 'boards'
  | 'shows'
  | 'chosenBadges'
  | 'saved'
  | 'profileCompletedAt'
  | 'invitedBy'
  | 'inviteCode'
  | 'memberCode'
  | 'joins'
  | 'changes'
  | 'closedInto'
  | 'endedUser'
  | 'accepted'
  | 'consents';
export type StoredMember = Omit<MemberDocument, LaterField> &
  Partial<Pick<MemberDocument, LaterField>> & {
    /** Its place among the members of the program, from 1 and without gaps, in the order in which they were made. */
    number: number;
  };

const LATER: Pick<MemberDocument, LaterField> = {
  aliasKey: null,
  enrolment: 'enrolled',
  boards: 'alias',
  shows: SHOWS_AT_FIRST,
  chosenBadges: [],
  saved: [],
  profileCompletedAt: null,
  invitedBy: null,
  inviteCode: null,
  memberCode: null,
  joins: 0,
  changes: 0,
  closedInto: null,
  endedUser: null,
  accepted: null,
  consents: {},
};

/** A member as it reads today, whenever it was written. */
export function completeMember({ number: _, ...stored }: StoredMember): MemberDocument {
  return { ...LATER, ...stored };
}

/** The fields of a member that nobody has said anything of. */
export const UNSAID: Readonly<Pick<MemberDocument, LaterField>> = LATER;

/** How many members a program had made, and how many of them were joined to others; `_id` is the program. */
export interface MemberHeadDocument extends HeadDocument {
  readonly ended?: number;
}

/** A word of a member's name or alias, without accents; `words` are all that it has. */
export interface MemberWordDocument {
  program: string;
  word: string;
  member: string;
  words: readonly string[];
}

/** A brand's own id of a member. `_id` is the hash of (program, brand, externalId), so one id is one member for ever. */
export interface ExternalIdDocument {
  _id: string;
  program: string;
  brand: string | null;
  externalId: string;
  member: string;
  /** The member that it was first, where that was joined to another one. */
  was?: string;
}

/** One thing that a member, or staff for it, said to the legal texts. Only ever added. */
export interface ConsentRecordDocument {
  _id: string;
  program: string;
  member: string;
  at: Date;
  act: ConsentRecord['act'];
  purpose: string | null;
  version: number;
  language: Language;
  channel: ConsentRecord['channel'];
  by: Actor;
}
