import type { FieldTest, Scalar } from '@verbena/shared/rules/condition.js';
import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import { compileField, folded, isFolded } from './field-values.js';

type Attributes = Readonly<Record<string, unknown>>;
type FieldOperator = FieldTest['op'];
type Compilers = { [O in FieldOperator]: (operand: Operand) => (values: readonly unknown[]) => boolean };

/** What a test compares with, under the shape that its operator needs. */
interface Operand {
  readonly scalar: Scalar | undefined;
  readonly number: number;
  readonly list: ReadonlySet<unknown>;
}

/** One item of a list that fits is enough, as in a MongoDB filter; `ne`, `notIn`, `missing` are exact opposites. */
const compilers: Compilers = {
  eq:
    ({ scalar }) =>
    (values) =>
      values.includes(scalar),
  ne:
    ({ scalar }) =>
    (values) =>
      !values.includes(scalar),
  gt:
    ({ number }) =>
    (values) =>
      values.some((value) => typeof value === 'number' && value > number),
  gte:
    ({ number }) =>
    (values) =>
      values.some((value) => typeof value === 'number' && value >= number),
  lt:
    ({ number }) =>
    (values) =>
      values.some((value) => typeof value === 'number' && value < number),
  lte:
    ({ number }) =>
    (values) =>
      values.some((value) => typeof value === 'number' && value <= number),
  in:
    ({ list }) =>
    (values) =>
      values.some((value) => list.has(value)),
  notIn:
    ({ list }) =>
    (values) =>
      !values.some((value) => list.has(value)),
  exists: () => (values) => values.length > 0,
  missing: () => (values) => values.length === 0,
};

/** Compiles a test of one field of the attributes; `root` is what they may be, where that is known. */
export function compileFieldTest(test: FieldTest, root: ObjectAttribute | null): (attributes: Attributes) => boolean {
  const folds = isFolded(root, test.field);
  const value = operandOf(test, folds);
  const matches = compilers[test.op]({
    scalar: Array.isArray(value) ? undefined : value,
    number: typeof value === 'number' ? value : Number.NaN,
    list: new Set<unknown>(Array.isArray(value) ? value : []),
  });
  const read = compileField(test.field, folds);
  return (attributes) => matches(read(attributes));
}

/** What a test compares with, as it is compared. */
export function operandOf(test: FieldTest, folds: boolean): Scalar | Scalar[] | undefined {
  if (!('value' in test)) return undefined;
  const { value } = test;
  if (!folds) return value;
  return Array.isArray(value) ? value.map(folded) : folded(value);
}
