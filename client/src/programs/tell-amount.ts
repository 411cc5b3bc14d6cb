import type { Format } from '@verbena/shared/words/format.js';
import { unitOfField } from './name-field.js';
import type { Names } from './names.js';

/** An amount as people read it: `120,00 €`, `3 kg`, `7`. */
export function tellAmount(amount: number, unit: string | undefined, format: Format): string {
  if (unit === undefined) return format.number(amount);
  return /^[A-Z]{3}$/.test(unit) ? format.money(amount, unit) : `${format.number(amount)} ${unit}`;
}

/** How much of a mission: `120,00 €` where it adds up money, else the bare number. */
export function tellAmountOf(mission: string, amount: number, names: Names, format: Format): string {
  const found = names.told?.missions.find(({ id }) => id === mission);
  const unit =
    found?.goal.kind === 'sum' && 'activity' in found.on
      ? unitOfField(names, found.on.activity, found.goal.field)
      : undefined;
  return tellAmount(amount, unit, format);
}
