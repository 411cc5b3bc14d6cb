import type { FieldTest, Scalar } from '@verbena/shared/rules/condition.js';
import { compileField } from './field-values.js';

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

/** Compiles a test of one field of the attributes. */
export function compileFieldTest(test: FieldTest): (attributes: Attributes) => boolean {
  const value = 'value' in test ? test.value : undefined;
  const matches = compilers[test.op]({
    scalar: Array.isArray(value) ? undefined : value,
    number: typeof value === 'number' ? value : Number.NaN,
    list: new Set<unknown>(Array.isArray(value) ? value : []),
  });
  const read = compileField(test.field);
  return (attributes) => matches(read(attributes));
}
