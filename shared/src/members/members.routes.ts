import * as z from 'zod/mini';
import { expects } from '#platform/expected-form.js';
import { NewPassword } from '#identity/accounts.routes.js';
import { Email } from '#identity/identity.routes.js';
import { Role } from '#identity/role.js';
import { AS_OF_MEMBER_ERRORS, AsOf } from '#platform/as-of.js';
import { ExternalId, MemberRef, Slug, Ulid } from '#platform/ids.js';
import { typedCode } from '#platform/exact-text.js';
import { queryInteger } from '#platform/page.js';
import { InvitationCode } from '#referrals/referrals.routes.js';
import { Language } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { Instant, Zone } from '#platform/time.js';
import { ConsentDraft } from './consents.js';
import { oneScriptAWord, typedLine, typedName, typedText, withoutAddress } from '#platform/typed-text.js';

/** Whether a member stands on boards: by its alias, or not at all. It earns all the same. */
export const BoardsChoice = z.enum(['alias', 'hidden']);
export type BoardsChoice = z.infer<typeof BoardsChoice>;

/** What others see of a member beside its alias, each chosen by the member (A3). */
export const Shows = z.strictObject({
  name: z.boolean(),
  tier: z.boolean(),
  badges: z.boolean(),
  points: z.boolean(),
  joined: z.boolean(),
});
export type Shows = z.infer<typeof Shows>;
export const SHOWS_AT_FIRST: Shows = { name: false, tier: true, badges: true, points: false, joined: false };

export const CHOSEN_BADGES_MAX = 3;
/** Badges that stand beside the member's name where it writes: a few, and none twice. */
export const ChosenBadges = z.array(Slug).check(
  z.maxLength(CHOSEN_BADGES_MAX),
  z.refine((badges) => new Set(badges).size === badges.length, { params: { code: 'twice' } }),
);
export type ChosenBadges = z.infer<typeof ChosenBadges>;

/**
 * How the others call a member: 2 to 24 letters, digits, spaces and a few signs; never an address, so nothing like `ana.com`.
 * Unique in a program, whatever its case, accents, blanks and punctuation; each word in one script.
 */
export const Alias = typedLine(2, 24).check(
  z.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._·'’-]*$/u, expects('alias')),
  withoutAddress,
  oneScriptAWord,
);
export type Alias = z.infer<typeof Alias>;

/** A person's enrolment in a program. It may exist before any login, by the brand's own id. */
export const Member = z.object({
  id: Ulid,
  /** What the member shows or says at a till, nine digits: it says who somebody is, and opens nothing. */
  code: z.string(),
  externalIds: z.array(z.string()),
  name: z.nullable(z.string()),
  alias: z.nullable(z.string()),
  language: Language,
  zone: Zone,
  /** `pending`: known to the brand and not enrolled yet (A5) · `left`: opted out; nothing counts until it joins again. */
  enrolment: z.enum(['enrolled', 'pending', 'left']),
  joinedAt: Instant,
  hasLogin: z.boolean(),
  /** Whether it stands on boards, by alias. */
  boards: BoardsChoice,
  shows: Shows,
  /** As it chose them, also those that it does not hold at present: these are not shown until it holds them again. */
  chosenBadges: z.array(z.string()),
  /** Name, language and zone were saved once. */
  profileCompleted: z.boolean(),
  /** Of one member that staff read: the address of its login, and whether it was shown to be its own; null without a login. */
  email: z.optional(z.nullable(z.string())),
  emailVerified: z.optional(z.boolean()),
});
export type Member = z.infer<typeof Member>;

export const getMember = route({
  method: 'GET',
  path: '/programs/:program/members/:member',
  summary:
    'One member: `me`, an id, `ext:<externalId>` or `code:<member code>`; with `asOf` what of it the journal knew then, the rest as today',
  access: { ownOr: 'members.read' },
  query: z.strictObject({ asOf: AsOf }),
  response: Member,
  errors: ['program.notFound', 'member.notFound', ...AS_OF_MEMBER_ERRORS],
});

/** A code that lets a login take over a member that a brand created: at least 60 bits, good once, for seven days. */
export const ClaimCode = typedCode(/^[0-9A-HJKMNP-TV-Z]{4}(?:-?[0-9A-HJKMNP-TV-Z]{4}){2,3}$/);
export type ClaimCode = z.infer<typeof ClaimCode>;

/** How somebody joins. `invitation` is the code of who invited; `claim` takes over a member that a brand created. */
export const JoinDraft = z.strictObject({
  alias: z.optional(Alias),
  boards: z.optional(BoardsChoice),
  language: z.optional(Language),
  zone: z.optional(Zone),
  invitation: z.optional(InvitationCode),
  claim: z.optional(ClaimCode),
  /** Needed where the program has legal texts, unless whoever comes back accepted those in force. */
  consents: z.optional(ConsentDraft),
});
export type JoinDraft = z.infer<typeof JoinDraft>;

export const joinProgram = route({
  method: 'POST',
  path: '/programs/:program/join',
  summary:
    'Enrol the login that asks in a program: as a new member, with a claim code as one that a brand created, or again',
  access: 'joining',
  body: JoinDraft,
  response: Member,
  status: 201,
  errors: [
    'program.notFound',
    'program.joinClosed',
    'member.alreadyEnrolled',
    'member.closed',
    'member.aliasTaken',
    'claim.invalid',
    'invitation.notFound',
    'referral.self',
    'legal.changed',
    'legal.notAccepted',
  ],
});

/**
 * Whose code somebody types who is about to join: of who invites (`by`, an alias), or one that takes over a member whom the shops know
 * (`by`, a short name, and `card`).
 */
export const JoinCode = z.object({
  kind: z.enum(['invitation', 'claim']),
  /** As joining takes it. */
  code: z.string(),
  by: z.nullable(z.string()),
  card: z.nullable(z.string()),
});
export type JoinCode = z.infer<typeof JoinCode>;

export const readJoinCode = route({
  method: 'POST',
  path: '/programs/:program/join-codes',
  summary: 'Whose an invitation or claim code is, for somebody who is about to join; spends nothing',
  access: 'public',
  body: z.strictObject({
    code: z.string().check(
      z.normalize('NFKC'),
      z.overwrite((text) => text.replace(/\s+/gu, '').toUpperCase()),
      z.minLength(1),
      z.maxLength(40),
    ),
  }),
  response: JoinCode,
  errors: ['program.notFound', 'joinCode.notFound'],
});

export const checkAlias = route({
  method: 'POST',
  path: '/programs/:program/alias-checks',
  summary: 'Whether an alias is free, for somebody who is about to join; keeps nothing',
  access: 'public',
  body: z.strictObject({ alias: Alias }),
  response: z.object({ alias: z.string() }),
  errors: ['program.notFound', 'member.aliasTaken'],
});

export const leaveProgram = route({
  method: 'POST',
  path: '/programs/:program/members/:member/leave',
  summary: 'Opt out: nothing counts and no board shows the member until it joins again; what it has stays',
  access: { ownOr: 'members.write' },
  body: z.strictObject({}),
  response: Member,
  errors: ['program.notFound', 'member.notFound'],
});

/**
 * What a member says of itself. What is left out stays as it is; `null` takes an alias away. The profile is complete once
 * there is a name and language and zone were both sent here, together or one after another.
 */
export const ProfileChange = z.strictObject({
  name: z.optional(typedName(80)),
  alias: z.optional(z.nullable(Alias)),
  language: z.optional(Language),
  zone: z.optional(Zone),
  boards: z.optional(BoardsChoice),
  shows: z.optional(Shows),
  /** Each a badge that the program has now, in the order in which they are to stand. */
  chosenBadges: z.optional(ChosenBadges),
});
export type ProfileChange = z.infer<typeof ProfileChange>;

export const changeProfile = route({
  method: 'PATCH',
  path: '/programs/:program/members/:member/profile',
  summary:
    'Change what a member says and shows of itself; name, language and zone for the first time complete the profile',
  access: { ownOr: 'members.write' },
  body: ProfileChange,
  response: Member,
  errors: ['program.notFound', 'member.notFound', 'member.aliasTaken'],
});

export const createClaimCode = route({
  method: 'POST',
  path: '/programs/:program/members/:member/claim-codes',
  summary: 'Issue a code with which a person takes over this member; an earlier one stops working',
  access: 'members.claim',
  body: z.strictObject({}),
  response: z.object({ code: z.string(), expiresAt: Instant }),
  status: 201,
  errors: ['program.notFound', 'member.notFound', 'member.hasLogin'],
});

const cardDraft = z.strictObject({ externalId: ExternalId, reason: typedText(3, 300) });

export const addCard = route({
  method: 'POST',
  path: '/programs/:program/members/:member/cards',
  summary:
    'Give a member a card or another id of the shops, with the reason for the change log; one that it has already stays',
  access: 'members.write',
  body: cardDraft,
  response: Member,
  status: 201,
  errors: ['program.notFound', 'member.notFound', 'member.closed', 'card.taken'],
});

export const removeCard = route({
  method: 'POST',
  path: '/programs/:program/members/:member/cards/removal',
  summary:
    'Take a card from a member, with the reason for the change log; what came with it stays, what comes next is nobody’s',
  access: 'members.write',
  body: cardDraft,
  response: Member,
  errors: ['program.notFound', 'member.notFound', 'member.closed', 'card.notFound'],
});

/** A line of the staff's member list. An address that is not verified may be somebody else's than its login's. */
export const MemberRow = z.object({
  id: Ulid,
  name: z.nullable(z.string()),
  alias: z.nullable(z.string()),
  email: z.nullable(z.string()),
  emailVerified: z.boolean(),
  externalIds: z.array(z.string()),
  enrolment: z.enum(['enrolled', 'pending', 'left']),
  joinedAt: Instant,
  hasLogin: z.boolean(),
});
export type MemberRow = z.infer<typeof MemberRow>;

export const listMembers = route({
  method: 'GET',
  path: '/programs/:program/members',
  summary:
    'Find members by the beginnings of name or alias, by external id, member code, or e-mail address; newest first without `search`. With `sandbox=true` those of the test keys, which `<slug>~test` in place of the program reads further',
  access: 'members.read',
  query: z.strictObject({
    search: z.optional(z.string().check(z.normalize('NFC'), z.trim(), z.maxLength(120))),
    after: z.optional(Ulid),
    limit: z.optional(queryInteger(1, 100)),
    sandbox: z.optional(z.enum(['true', 'false'])),
  }),
  response: z.object({ items: z.array(MemberRow), next: z.nullable(Ulid), total: z.number() }),
  errors: ['program.notFound'],
});

const shownName = typedName(80);

/** What a member is called: `name` by the program's staff, `alias` by everybody. What is left out stays as it is. */
export const MemberNames = z.strictObject({
  name: z.optional(shownName),
  alias: z.optional(shownName),
  language: z.optional(Language),
});
export type MemberNames = z.infer<typeof MemberNames>;

export const putMember = route({
  method: 'PUT',
  path: '/programs/:program/members/:member',
  summary: 'Say what a member is called; an `ext:<externalId>` that is new becomes a member',
  access: 'local',
  body: MemberNames,
  response: Member,
  errors: ['program.notFound', 'member.notFound', 'member.aliasTaken'],
});

/**
 * Somebody's way in: the login of an e-mail address, its role in the program, and the member that it is there (null for
 * staff who collect nothing; who is a member already stays it). Password, name and language are those of a new login, and of one
 * whose address nobody has verified: whoever registered it is logged out. One that is verified keeps its own.
 */
export const LoginDraft = z.strictObject({
  email: Email,
  password: NewPassword,
  name: shownName,
  language: z.optional(Language),
  role: Role,
  member: z.nullable(MemberRef),
});
export type LoginDraft = z.infer<typeof LoginDraft>;

export const LoginPlace = z.object({ user: Ulid, email: z.string(), role: Role, member: z.nullable(Ulid) });
export type LoginPlace = z.infer<typeof LoginPlace>;

export const createLogin = route({
  method: 'POST',
  path: '/programs/:program/logins',
  summary: 'Give an e-mail address a login and its place in the program; the same again changes nothing',
  access: 'local',
  body: LoginDraft,
  response: LoginPlace,
  errors: ['program.notFound', 'member.notFound', 'member.hasLogin'],
});
