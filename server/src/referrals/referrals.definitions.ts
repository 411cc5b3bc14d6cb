import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Referral } from '@verbena/shared/referrals/referral.js';
import { checkCondition, checkReference, checkTrigger, type Path } from '#engine/check-definition.js';
import { compileCondition } from '#engine/compile-condition.js';
import { attributesOf, thresholdsOf } from '#engine/compile-trigger.js';
import type { CompiledReferral, CompileInput, DefinitionCompiler } from '#engine/compiled-program.js';
import { triggerKey } from '#engine/definition-graph.js';

/** Referrals as definitions: what the friend has to do, and which activity then rewards both. */
export const referralsSource: DefinitionCompiler<'referrals'> = {
  kind: 'referrals',
  check: (definitions) =>
    definitions.referrals.flatMap((referral, index) => checkReferral(definitions, referral, ['referrals', index])),
  compile: (input) => input.current.referrals.map((referral) => compileReferral(referral, input)),
};

function checkReferral(definitions: Definitions, { on, when, gives }: Referral, path: Path): Problem[] {
  const trigger = { activity: on };
  return [
    ...checkTrigger(definitions, trigger, [...path, 'on']),
    ...(when ? checkCondition(definitions, attributesOf(trigger, definitions), when, [...path, 'when']) : []),
    ...checkReference(definitions, 'activityTypes', gives, [...path, 'gives']),
  ];
}

function compileReferral(referral: Referral, { current, counters }: CompileInput): CompiledReferral {
  const trigger = { activity: referral.on };
  const scope = {
    zone: 'program' as const,
    attributes: attributesOf(trigger, current),
    thresholds: thresholdsOf(current),
    declared: current,
    counters,
  };
  return {
    definition: referral,
    trigger: triggerKey(trigger),
    when: referral.when ? compileCondition(referral.when, scope) : null,
  };
}
