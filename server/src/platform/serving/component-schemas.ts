// What the API document calls each schema of the contract: the name under which the contract exports it, so that clients
// made from the document have the same nouns. A file of the contract that is missing here fails a test.
import * as activitiesRoutes from '@verbena/shared/activities/activities.routes.js';
import * as activityResult from '@verbena/shared/activities/activity-result.js';
import * as activityType from '@verbena/shared/activities/activity-type.js';
import * as attributeSchema from '@verbena/shared/activities/attribute-schema.js';
import * as idempotencyKey from '@verbena/shared/activities/idempotency-key.js';
import * as auditRoutes from '@verbena/shared/audit/audit.routes.js';
import * as backtestsRoutes from '@verbena/shared/backtests/backtests.routes.js';
import * as badge from '@verbena/shared/badges/badge.js';
import * as currency from '@verbena/shared/currencies/currency.js';
import * as accountsRoutes from '@verbena/shared/identity/accounts.routes.js';
import * as identityRoutes from '@verbena/shared/identity/identity.routes.js';
import * as permissions from '@verbena/shared/identity/permissions.js';
import * as secondFactorRoutes from '@verbena/shared/identity/second-factor.routes.js';
import * as board from '@verbena/shared/leaderboards/board.js';
import * as leaderboardsRoutes from '@verbena/shared/leaderboards/leaderboards.routes.js';
import * as standingsMoved from '@verbena/shared/leaderboards/standings-moved.js';
import * as asideRoutes from '@verbena/shared/ledger/aside.routes.js';
import * as decision from '@verbena/shared/ledger/decision.js';
import * as effect from '@verbena/shared/ledger/effect.js';
import * as entryRecorded from '@verbena/shared/ledger/entry-recorded.js';
import * as facts from '@verbena/shared/ledger/facts.js';
import * as ledgerRoutes from '@verbena/shared/ledger/ledger.routes.js';
import * as memberState from '@verbena/shared/ledger/member-state.js';
import * as pointsLine from '@verbena/shared/ledger/points-line.js';
import * as publicationPassRoutes from '@verbena/shared/ledger/publication-pass.routes.js';
import * as receipt from '@verbena/shared/ledger/receipt.js';
import * as reconciliationRoutes from '@verbena/shared/ledger/reconciliation.routes.js';
import * as rootsRoutes from '@verbena/shared/ledger/roots.routes.js';
import * as statePatch from '@verbena/shared/ledger/state-patch.js';
import * as memberAttribute from '@verbena/shared/members/member-attribute.js';
import * as memberAttributesRoutes from '@verbena/shared/members/member-attributes.routes.js';
import * as membersRoutes from '@verbena/shared/members/members.routes.js';
import * as mergingRoutes from '@verbena/shared/merging/merging.routes.js';
import * as mission from '@verbena/shared/missions/mission.js';
import * as missionsRoutes from '@verbena/shared/missions/missions.routes.js';
import * as asOf from '@verbena/shared/platform/as-of.js';
import * as exactText from '@verbena/shared/platform/exact-text.js';
import * as givenTime from '@verbena/shared/platform/given-time.js';
import * as health from '@verbena/shared/platform/health.js';
import * as ids from '@verbena/shared/platform/ids.js';
import * as localizedText from '@verbena/shared/platform/localized-text.js';
import * as mailsRoutes from '@verbena/shared/platform/mails.routes.js';
import * as problem from '@verbena/shared/platform/problem.js';
import * as time from '@verbena/shared/platform/time.js';
import * as adjustment from '@verbena/shared/points/adjustment.js';
import * as pointsActivities from '@verbena/shared/points/points-activities.js';
import * as pointsRoutes from '@verbena/shared/points/points.routes.js';
import * as profilesRoutes from '@verbena/shared/profiles/profiles.routes.js';
import * as budget from '@verbena/shared/programs/budget.js';
import * as budgetsRoutes from '@verbena/shared/programs/budgets.routes.js';
import * as definitionChange from '@verbena/shared/programs/definition-change.js';
import * as definition from '@verbena/shared/programs/definition.js';
import * as definitions from '@verbena/shared/programs/definitions.js';
import * as programsRoutes from '@verbena/shared/programs/programs.routes.js';
import * as versionsRoutes from '@verbena/shared/programs/versions.routes.js';
import * as socket from '@verbena/shared/realtime/socket.js';
import * as referral from '@verbena/shared/referrals/referral.js';
import * as referralsRoutes from '@verbena/shared/referrals/referrals.routes.js';
import * as amount from '@verbena/shared/rules/amount.js';
import * as condition from '@verbena/shared/rules/condition.js';
import * as rule from '@verbena/shared/rules/rule.js';
import * as trigger from '@verbena/shared/rules/trigger.js';
import * as tier from '@verbena/shared/tiers/tier.js';
import * as undoPlansRoutes from '@verbena/shared/undo/undo-plans.routes.js';
import * as memberCode from '@verbena/shared/members/member-code.js';
import * as apiKeysRoutes from '@verbena/shared/identity/api-keys.routes.js';
import * as brandsRoutes from '@verbena/shared/programs/brands.routes.js';
import * as legalRoutes from '@verbena/shared/programs/legal.routes.js';
import * as legal from '@verbena/shared/programs/legal.js';
import * as consentsRoutes from '@verbena/shared/members/consents.routes.js';
import * as consents from '@verbena/shared/members/consents.js';
import * as copiesRoutes from '@verbena/shared/copies/copies.routes.js';
import * as losses from '@verbena/shared/ledger/losses.js';
import { z } from 'zod';

const FILES: readonly object[] = [
  activitiesRoutes,
  activityResult,
  activityType,
  attributeSchema,
  idempotencyKey,
  auditRoutes,
  backtestsRoutes,
  badge,
  currency,
  accountsRoutes,
  identityRoutes,
  permissions,
  secondFactorRoutes,
  board,
  leaderboardsRoutes,
  standingsMoved,
  asideRoutes,
  decision,
  effect,
  entryRecorded,
  facts,
  ledgerRoutes,
  memberState,
  pointsLine,
  publicationPassRoutes,
  receipt,
  reconciliationRoutes,
  rootsRoutes,
  statePatch,
  memberAttribute,
  memberAttributesRoutes,
  membersRoutes,
  mergingRoutes,
  mission,
  missionsRoutes,
  asOf,
  exactText,
  givenTime,
  health,
  ids,
  localizedText,
  mailsRoutes,
  problem,
  time,
  adjustment,
  pointsActivities,
  pointsRoutes,
  profilesRoutes,
  budget,
  budgetsRoutes,
  definitionChange,
  definition,
  definitions,
  programsRoutes,
  versionsRoutes,
  socket,
  referral,
  referralsRoutes,
  amount,
  condition,
  rule,
  trigger,
  tier,
  undoPlansRoutes,
  memberCode,
  apiKeysRoutes,
  brandsRoutes,
  legalRoutes,
  legal,
  consentsRoutes,
  consents,
  copiesRoutes,
  losses,
];

/** What reads otherwise than it answers, because of its defaults, has a name for each. */
const BODIES: Readonly<Record<string, string>> = { Definitions: 'DefinitionsDraft' };

/** The names for what is answered, and for what is sent. */
const names = { output: z.registry<{ id: string }>(), input: z.registry<{ id: string }>() };
for (const [name, schema] of FILES.flatMap((file) => Object.entries(file) as [string, unknown][])) {
  if (!(schema instanceof z.core.$ZodType) || names.output.has(schema)) continue;
  names.output.add(schema, { id: name });
  names.input.add(schema, { id: BODIES[name] ?? name });
}

/** A schema for the document, and what it holds by name. */
export interface Printed {
  readonly schema: Record<string, unknown>;
  readonly components: Readonly<Record<string, object>>;
}

/** What each name meant where it was printed first. */
const meanings = new Map<string, string>();

/**
 * Prints a schema of the contract as JSON Schema 2020-12 (zod's mini schemas lack the standard one of their big sisters). Throws
 * where one name would mean two things, or where a schema that holds itself has none.
 */
export function printSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Printed {
  // Inside another one, so that a schema with a name is printed as this name too.
  const printed = z.toJSONSchema(z.object({ root: schema }), {
    ...{ io, metadata: names[io], unrepresentable: 'any', cycles: 'ref' },
  });
  const placed = JSON.stringify(printed).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { properties, $defs = {} } = JSON.parse(placed) as {
    readonly properties: { readonly root: Record<string, unknown> };
    readonly $defs?: Readonly<Record<string, Record<string, unknown>>>;
  };
  const components = Object.fromEntries(Object.entries($defs).map(([name, { id: _, ...meaning }]) => [name, meaning]));
  for (const [name, meaning] of Object.entries(components)) {
    const said = JSON.stringify(meaning);
    if (name.startsWith('__')) throw new Error(`A schema that holds itself needs a name: ${said}`);
    if ((meanings.get(name) ?? said) !== said)
      throw new Error(`${name} reads otherwise than it answers, or two schemas are called so.`);
    meanings.set(name, said);
  }
  return { schema: properties.root, components };
}
