/** A document as the fake database holds it. */
export type Doc = Readonly<Record<string, unknown>> & { readonly _id: string };
export type Filter = Readonly<Record<string, unknown>>;

/** Whether a document meets a filter; only the operators that our repositories use, and a sentence for any other. */
export function matches(doc: Doc, filter: Filter): boolean {
  return Object.entries(filter).every(([path, wanted]) => {
    const found = valueAt(doc, path);
    return isOperators(wanted)
      ? Object.entries(wanted).every(([operator, operand]) => test(operator, found, operand))
      : isEqual(found, wanted);
  });
}

export function valueAt(doc: unknown, path: string): unknown {
  let value = doc;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Negative, zero or positive; what is missing comes first. Numbers, strings and dates only. */
export function compare(a: unknown, b: unknown): number {
  const [left, right] = [comparable(a), comparable(b)];
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left !== typeof right) throw new Error(`Of two kinds: ${String(a)}, ${String(b)}.`);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A copy without `undefined` that nobody can change. */
export function frozen<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(frozen)) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) if (one !== undefined) copy[key] = frozen(one);
  return Object.freeze(copy) as T;
}

function isOperators(wanted: unknown): wanted is Record<string, unknown> {
  if (typeof wanted !== 'object' || wanted === null) return false;
  return Object.keys(wanted).some((key) => key.startsWith('$'));
}

function test(operator: string, found: unknown, operand: unknown): boolean {
  switch (operator) {
    case '$in':
      return Array.isArray(operand) && operand.some((one) => isEqual(found, one));
    case '$ne':
      return !isEqual(found, operand);
    case '$exists':
      return (found !== undefined) === operand;
    case '$gt':
      return isOrdered(found, operand) && compare(found, operand) > 0;
    case '$gte':
      return isOrdered(found, operand) && compare(found, operand) >= 0;
    case '$lt':
      return isOrdered(found, operand) && compare(found, operand) < 0;
    case '$lte':
      return isOrdered(found, operand) && compare(found, operand) <= 0;
    default:
      throw new Error(`The fake database does not know ${operator}.`);
  }
}

function isEqual(found: unknown, wanted: unknown): boolean {
  if (wanted === null) return found === null || found === undefined;
  if (typeof wanted === 'object' && !(wanted instanceof Date)) throw new Error('Whole objects are not compared.');
  return typeof comparable(found) === typeof comparable(wanted) && comparable(found) === comparable(wanted);
}

/** Different kinds are never before or after one another. */
function isOrdered(found: unknown, operand: unknown): boolean {
  return comparable(found) !== null && typeof comparable(found) === typeof comparable(operand);
}

function comparable(value: unknown): number | string | boolean | null {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  return null;
}
