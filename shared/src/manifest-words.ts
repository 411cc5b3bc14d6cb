import * as platform from '#platform/platform.words.js';
import * as realtime from '#realtime/realtime.words.js';
import * as identity from '#identity/identity.words.js';
import * as programs from '#programs/programs.words.js';
import * as members from '#members/members.words.js';
import * as ledger from '#ledger/ledger.words.js';
import * as points from '#points/points.words.js';
import * as activities from '#activities/activities.words.js';
import * as merging from '#merging/merging.words.js';
import * as missions from '#missions/missions.words.js';
import * as badges from '#badges/badges.words.js';
import * as leaderboards from '#leaderboards/leaderboards.words.js';
import * as referrals from '#referrals/referrals.words.js';
import * as forums from '#forums/forums.words.js';
import * as copies from '#copies/copies.words.js';
import * as backtests from '#backtests/backtests.words.js';
import * as undo from '#undo/undo.words.js';
import * as segments from '#segments/segments.words.js';
import type { ListWords, PermissionWords, Sentence, WordsOf } from '#platform/manifest.js';
import type { AUDIT_ACTIONS, AUDIT_SUBJECTS, ERRORS, PERMISSIONS } from './manifests.js';

// What people read of the modules' manifests, in both languages.

export const ERROR_WORDS: WordsOf<typeof ERRORS, Sentence> = {
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

/** What the page of API keys says of what a key may do, in the order in which a till needs it. */
export const PERMISSION_WORDS: PermissionWords<typeof PERMISSIONS> = {
  ...activities.permissions,
  ...points.permissions,
  ...members.permissions,
  ...programs.permissions,
};

/** What the log of changes says. */
export const ACTION_WORDS: ListWords<typeof AUDIT_ACTIONS> = {
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
};

export const SUBJECT_WORDS: ListWords<typeof AUDIT_SUBJECTS> = {
  ...identity.auditSubjects,
  ...programs.auditSubjects,
  ...members.auditSubjects,
  ...ledger.auditSubjects,
  ...points.auditSubjects,
  ...undo.auditSubjects,
  ...segments.auditSubjects,
  ...forums.auditSubjects,
};
