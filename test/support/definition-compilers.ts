import type { DefinitionCompilers } from '@verbena/server/engine/compile-program.js';
import { activityTypesSource } from '@verbena/server/activities/activity-types.definitions.js';
import { badgesSource } from '@verbena/server/badges/badges.definitions.js';
import { currenciesSource } from '@verbena/server/currencies/currencies.definitions.js';
import { boardsSource } from '@verbena/server/leaderboards/boards.definitions.js';
import { missionsSource } from '@verbena/server/missions/missions.definitions.js';
import { referralsSource } from '@verbena/server/referrals/referrals.definitions.js';
import { rulesSource } from '@verbena/server/rules/rules.definitions.js';
import { tiersSource } from '@verbena/server/tiers/tiers.definitions.js';

/** Every definition source of the server, without Nest: for laws, tests and bench. */
export const definitionCompilers: DefinitionCompilers = {
  activityTypes: activityTypesSource,
  currencies: currenciesSource,
  rules: rulesSource,
  missions: missionsSource,
  badges: badgesSource,
  tiers: tiersSource,
  boards: boardsSource,
  referrals: referralsSource,
};
