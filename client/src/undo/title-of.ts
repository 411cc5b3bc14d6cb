import type { UndoPlan } from '@verbena/shared/undo/undo-plans.routes.js';
import type { Names } from '#programs/names.js';
import type { UndoWords } from './undo.es.js';

/** What a plan takes back, in a few words. */
export function titleOf({ version, rule }: Pick<UndoPlan, 'version' | 'rule'>, names: Names, words: UndoWords): string {
  return rule === null ? words.planOf({ version }) : words.planOfRule({ version, rule: names.rule(rule) });
}
