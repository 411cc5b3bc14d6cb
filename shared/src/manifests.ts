import type { HouseActivity } from '#activities/activity-type.js';
import * as platform from '#platform/platform.manifest.js';
import * as audit from '#audit/audit.manifest.js';
import * as realtime from '#realtime/realtime.manifest.js';
import * as identity from '#identity/identity.manifest.js';
import * as programs from '#programs/programs.manifest.js';
import * as members from '#members/members.manifest.js';
import * as notices from '#notices/notices.manifest.js';
import * as ledger from '#ledger/ledger.manifest.js';
import * as points from '#points/points.manifest.js';
import * as activities from '#activities/activities.manifest.js';
import * as merging from '#merging/merging.manifest.js';
import * as missions from '#missions/missions.manifest.js';
import * as badges from '#badges/badges.manifest.js';
import * as leaderboards from '#leaderboards/leaderboards.manifest.js';
import * as referrals from '#referrals/referrals.manifest.js';
import * as forums from '#forums/forums.manifest.js';
import * as copies from '#copies/copies.manifest.js';
import * as backtests from '#backtests/backtests.manifest.js';
import * as undo from '#undo/undo.manifest.js';
import * as segments from '#segments/segments.manifest.js';

// What the modules bring, put together, kind by kind, so that a page carries only the kinds that it uses. Of the contract's files a
// module that is new edits this one and `manifest-words.ts`.

/** What somebody may do in a program. Roles and API keys are sets of these. */
export const PERMISSIONS = {
  ...platform.permissions,
  ...audit.permissions,
  ...identity.permissions,
  ...programs.permissions,
  ...members.permissions,
  ...points.permissions,
  ...activities.permissions,
  ...segments.permissions,
  ...notices.permissions,
  ...forums.permissions,
};

/**
 * Every refusal of Verbena, once. A code never changes its meaning; a new meaning is a new code.
 * Status: 400 shape · 401 who are you · 403 not yours · 404 not there (or not for you to know) · 405 another method · 409 it is so already ·
 * 422 understood and impossible · 429 slower · 503 come back.
 */
export const ERRORS = {
  ...platform.errors,
  ...realtime.errors,
  ...identity.errors,
  ...programs.errors,
  ...members.errors,
  ...ledger.errors,
  ...points.errors,
  ...activities.errors,
  ...merging.errors,
  ...missions.errors,
  ...badges.errors,
  ...leaderboards.errors,
  ...referrals.errors,
  ...backtests.errors,
  ...undo.errors,
  ...segments.errors,
  ...forums.errors,
};

/** What modules tell of members by themselves; a program that defines the type counts it. */
export const HOUSE_ACTIVITIES: readonly HouseActivity[] = [...forums.activities];

/** Everything that the log of changes may say was done: past tense, `thing.done`. */
export const AUDIT_ACTIONS = [
  ...platform.auditActions,
  ...identity.auditActions,
  ...programs.auditActions,
  ...members.auditActions,
  ...ledger.auditActions,
  ...points.auditActions,
  ...activities.auditActions,
  ...merging.auditActions,
  ...missions.auditActions,
  ...badges.auditActions,
  ...copies.auditActions,
  ...undo.auditActions,
  ...segments.auditActions,
  ...forums.auditActions,
] as const;

/** What it may be about. */
export const AUDIT_SUBJECTS = [
  ...identity.auditSubjects,
  ...programs.auditSubjects,
  ...members.auditSubjects,
  ...ledger.auditSubjects,
  ...points.auditSubjects,
  ...undo.auditSubjects,
  ...segments.auditSubjects,
  ...forums.auditSubjects,
] as const;

/** Slugs that no program may have, because a route of ours stands there. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  ...platform.reservedSlugs,
  ...identity.reservedSlugs,
  ...ledger.reservedSlugs,
  ...leaderboards.reservedSlugs,
  ...referrals.reservedSlugs,
]);

/** The names of the streams of each kind: the kind itself, or the kind, a colon and which of them. */
export const STREAMS = { ...ledger.streams, ...leaderboards.streams, ...notices.streams, ...forums.streams };

/** Every push by name, with its payload. Leaving one out of a handler map does not compile. */
export const PUSHES = { ...ledger.pushes, ...leaderboards.pushes, ...notices.pushes, ...forums.pushes };
