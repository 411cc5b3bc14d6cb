import { Mongo } from '@verbena/server/platform/mongo/mongo.js';

type Filter = Readonly<Record<string, unknown>>;
interface Asked {
  readonly name: string;
  readonly filter: Filter;
}

const READING = new Set<PropertyKey>(['find', 'findOne', 'aggregate', 'countDocuments', 'deleteMany', 'updateMany']);
/** With these, and no others, a field is looked up in an index. */
const SERVED = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$in']);

/** A connection that knows how many documents the embedded database takes up for what it is asked: it says so of no query itself. */
export class WatchedMongo extends Mongo {
  private asked: Asked[] = [];

  override collection: Mongo['collection'] = (name) => {
    const real = Mongo.prototype.collection.call(this, name);
    return new Proxy(real, {
      get: (_, verb) => {
        const member: unknown = Reflect.get(real, verb);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): unknown => {
          if (READING.has(verb)) this.asked.push({ name, filter: filterOf(given[0]) });
          return member.apply(real, given);
        };
      },
    }) as never;
  };

  /** How many documents it takes up for all that an act asks; each limit, and whatever an index does not serve, comes after that. */
  async countTakenUp(act: () => Promise<unknown>): Promise<number> {
    this.asked = [];
    await act();
    let count = 0;
    for (const { name, filter } of this.asked) {
      const collection = Mongo.prototype.collection.call(this, name);
      const indexes = (await collection.indexes()).filter(
        ({ partialFilterExpression: condition }) => condition === undefined,
      );
      const taken = servedOf(
        filter,
        indexes.map(({ key }) => Object.keys(key)),
      );
      count += await collection.countDocuments(taken ?? {});
    }
    return count;
  }
}

function filterOf(given: unknown): Filter {
  const [first] = Array.isArray(given) ? (given as { $match?: Filter }[]) : [{ $match: given as Filter | undefined }];
  return first?.$match ?? {};
}

/**
 * What of a filter SecantusDB 0.7.0b3 looks up in an index: all of it, where the fields that are equal to something and at most one
 * with bounds are the first ones of an index; else the first condition that one serves by itself; null: nothing, it reads everything.
 */
function servedOf(filter: Filter, indexes: readonly (readonly string[])[]): Filter | null {
  const fields = Object.keys(filter);
  if (fields.length === 0 || fields.some((field) => field.startsWith('$'))) return null;
  const bounded = fields.filter((field) => operatorsOf(filter[field]) !== null);
  const equal = fields.filter((field) => !bounded.includes(field));
  const [bound, other] = bounded;
  const isServed =
    fields.length === 1 && fields[0] === '_id'
      ? bound === undefined || operatorsOf(filter['_id'])?.join() === '$in'
      : other === undefined &&
        (bound === undefined || (operatorsOf(filter[bound]) ?? []).every((operator) => SERVED.has(operator))) &&
        indexes.some(
          (index) =>
            equal.every((field) => index.indexOf(field) < equal.length && index.includes(field)) &&
            (bound === undefined || index[equal.length] === bound),
        );
  if (isServed) return filter;
  if (fields.length === 1) return null;
  for (const field of fields) {
    const served = servedOf({ [field]: filter[field] }, indexes);
    if (served !== null) return served;
  }
  return null;
}

/** The operators of a condition; null for a plain value. */
function operatorsOf(condition: unknown): string[] | null {
  if (typeof condition !== 'object' || condition === null || condition instanceof Date) return null;
  return Object.keys(condition);
}
