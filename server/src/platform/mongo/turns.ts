import type { Mongo, Session } from './mongo.js';

/**
 * Transactions that count up the same number: those of one name follow one another on this node, since of two at once one would lose
 * to the other and begin anew. Other nodes' are met by the database, as ever.
 */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  constructor(private readonly mongo: Pick<Mongo, 'transact'>) {}

  async transact<T>(name: string, work: (session: Session) => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const made = before.then(() => this.mongo.transact(work));
    const over = made.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(name, over);
    try {
      return await made;
    } finally {
      if (this.last.get(name) === over) this.last.delete(name);
    }
  }
}
