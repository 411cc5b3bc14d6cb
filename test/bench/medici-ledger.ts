import { loadPeer } from './peer-packages.js';

type Session = object;

/** What we call of medici 7, as its own types say it. */
interface MediciEntry {
  debit(account: string, amount: number): MediciEntry;
  credit(account: string, amount: number): MediciEntry;
  commit(options?: { readonly session: Session }): Promise<unknown>;
}
interface MediciBook {
  entry(memo: string): MediciEntry;
  balance(of: { readonly account: string }, options: { readonly session: Session }): Promise<{ balance: number }>;
  writelockAccounts(accounts: string[], options: { readonly session: Session }): Promise<unknown>;
}
interface Medici {
  readonly Book: new (name: string) => MediciBook;
  initModels(): Promise<void>;
  mongoTransaction(work: (session: Session) => Promise<void>): Promise<unknown>;
}
interface Mongoose {
  connect(uri: string, options: { readonly dbName: string }): Promise<unknown>;
  disconnect(): Promise<void>;
  readonly connection: { dropDatabase(): Promise<unknown> };
}

/**
 * The double-entry ledger that people take from the registry, on the same database: medici with a mongoose of its own. An award is
 * one journal with both legs, as it is committed without a session; a spend locks the account, reads its balance and commits, in
 * one transaction, which is how its documentation keeps a balance from going below zero.
 */
export class MediciLedger {
  private constructor(
    private readonly medici: Medici,
    private readonly mongoose: Mongoose,
    private readonly book: MediciBook,
  ) {}

  /** Null where it cannot be installed. */
  static async begin(mongodbUri: string, database: string): Promise<MediciLedger | null> {
    const load = await loadPeer('medici');
    if (load === null) return null;
    // Loaded by name at run time: the compiler knows neither package.
    const medici = load('medici') as Medici;
    const mongoose = load('mongoose') as Mongoose;
    await mongoose.connect(mongodbUri, { dbName: database });
    await medici.initModels();
    return new MediciLedger(medici, mongoose, new medici.Book('Puntos'));
  }

  async award(member: string, points: number): Promise<void> {
    await this.book.entry('purchase').debit('Issued:Puntos', points).credit(accountOf(member), points).commit();
  }

  async spend(member: string, points: number): Promise<void> {
    const account = accountOf(member);
    await this.medici.mongoTransaction(async (session) => {
      await this.book.writelockAccounts([account], { session });
      const { balance } = await this.book.balance({ account }, { session });
      if (balance < points) throw new Error(`${member} has ${balance}`);
      await this.book.entry('spend').debit(account, points).credit('Issued:Puntos', points).commit({ session });
    });
  }

  async stop(): Promise<void> {
    await this.mongoose.connection.dropDatabase();
    await this.mongoose.disconnect();
  }
}

function accountOf(member: string): string {
  return `Members:${member}`;
}
