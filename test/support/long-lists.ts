import { AuditRepository } from '@verbena/server/audit/audit.repository.js';
import { OneTimeCodesRepository } from '@verbena/server/identity/one-time-codes.repository.js';
import { BoardRunsRepository } from '@verbena/server/leaderboards/board-runs.repository.js';
import { orderKey } from '@verbena/server/leaderboards/place-order.js';
import { StandingsRepository } from '@verbena/server/leaderboards/standings.repository.js';
import { LedgerRepository } from '@verbena/server/ledger/ledger.repository.js';
import { GoalsRepository } from '@verbena/server/missions/goals.repository.js';
import { MailsRepository } from '@verbena/server/platform/mail/mails.repository.js';
import type { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { PointsRepository } from '@verbena/server/points/points.repository.js';
import { ulid } from 'ulid';

const BATCH = 1_000;
const AT = new Date('2026-11-25T10:00:00Z');
const PAGE = 50;
const SHARDS = Array.from({ length: 64 }, (_, shard) => shard);

/** One read of a list, and how many documents the embedded database may take up for it, however long the list is. */
export interface LongRead {
  readonly name: string;
  readonly most: number;
  readonly read: () => Promise<unknown>;
}

/** Lists of a program that grew long, and what is read of them on a page or in a loop. */
export class LongLists {
  private readonly program = ulid();
  private readonly scope = scopeOf(this.program);
  private readonly member = memberOf(0);
  private readonly list = `${this.program}|semana|2026-W48`;
  private readonly audit: AuditRepository;
  private readonly points: PointsRepository;
  private readonly mails: MailsRepository;
  private readonly ledger: LedgerRepository;
  private readonly standings: StandingsRepository;
  private readonly runs: BoardRunsRepository;
  private readonly goals: GoalsRepository;
  private readonly codes: OneTimeCodesRepository;

  constructor(
    private readonly mongo: Mongo,
    private readonly length: number,
  ) {
    this.audit = new AuditRepository(mongo);
    this.points = new PointsRepository(mongo);
    this.mails = new MailsRepository(mongo);
    this.ledger = new LedgerRepository(mongo);
    this.standings = new StandingsRepository(mongo);
    this.runs = new BoardRunsRepository(mongo);
    this.goals = new GoalsRepository(mongo);
    this.codes = new OneTimeCodesRepository(mongo);
  }

  /** Makes the lists; numbers begin with 1. */
  async fill(): Promise<void> {
    const { program, length, member, list } = this;
    for (const repository of [
      ...[this.audit, this.points, this.mails, this.ledger],
      ...[this.standings, this.runs, this.goals, this.codes],
    ])
      await repository.ensureIndexes();
    await this.put('auditEntries', (number) => ({
      _id: idOf(number),
      program,
      number,
      at: AT,
      action: 'member.changed',
    }));
    await this.put('adjustments', (number) => ({
      ...{ _id: idOf(number), program, number, key: idOf(number), member },
      status: number % 100 === 0 ? 'waiting' : 'approved',
    }));
    await this.put('mails', (number) => ({
      _id: idOf(number),
      program,
      number,
      status: 'kept',
      createdAt: new Date(),
    }));
    for (const heads of ['auditHeads', 'adjustmentHeads', 'mailHeads'])
      await this.mongo.collection<Doc>(heads).insertOne({ _id: program, number: length });
    // Two journals as long as that, of which one is read.
    for (const owner of [member, memberOf(1)])
      await this.put('journal', (seq) => ({
        ...{ _id: `${owner}:${seq}`, program, member: owner, seq, lane: '1.0', q: seq, at: AT, outcome: 'accepted' },
        lines: seq % 4 === 0 ? [{ kind: 'earn', currency: 'puntos', amount: 5 }] : [],
        effects: seq % 4 === 0 ? [{ type: 'mission.progressed', mission: 'compras' }] : [],
        activity: { type: 'purchase', source: 'house', occurredAt: AT, receivedAt: AT, attributes: {} },
        facts: {},
      }));
    await this.put('memberStates', (number) => ({
      ...{ _id: memberOf(number - 1), program, shard: number % 64, seq: length, dueAt: null },
      state: { balances: {}, tier: null },
    }));
    await this.mongo.collection<Doc>('lanes').insertOne({ _id: '1.0', epoch: 1, q: length, at: AT, relayed: 0 });
    // The first half is gone already.
    await this.put('outbox', (q) => (q > length / 2 ? { _id: `1.0:${q}`, lane: '1.0', q, at: AT, caused: [] } : null));
    await this.put('standings', (number) => {
      const place = { member: memberOf(number), score: number, reachedAtMs: AT.getTime() };
      return { _id: `${list}|${place.member}`, program, member: place.member, order: orderKey(list, place) };
    });
    await this.put('boardPages', (number) => ({
      _id: `run${number % 100}|${number}`,
      list: `run${number % 100}`,
      number,
    }));
    await this.put('contributions', (number) => ({
      ...{ _id: idOf(number), program, mission: `m${number % 100}`, period: '2026', member: memberOf(number) },
      ...{ shard: 0, amount: 1, target: 9, told: true },
    }));
    await this.put('oneTimeCodes', (number) => ({
      ...{ _id: idOf(number), hash: idOf(number), purpose: 'login', subject: `s${number}`, createdAt: AT },
      expiresAt: new Date('2099-01-01'),
    }));
  }

  reads(): LongRead[] {
    const { scope, member, length, list } = this;
    const entry = { _id: `${member}:${length - 10}`, member, seq: length - 10 };
    const read = (name: string, most: number, act: () => Promise<unknown>): LongRead => ({ name, most, read: act });
    // Of entries each fourth is wanted: windows of 50, 100 and 200 hold 50 of them.
    const walked = 350;
    return [
      read('the log of changes, the newest', PAGE + 1, () => this.audit.list(scope, null, PAGE)),
      read('the log of changes, from the middle', PAGE + 1, () => this.audit.list(scope, length / 2, PAGE)),
      read('the log of changes, behind its end', PAGE + 1, () => this.audit.list(scope, 1_000_000_000, PAGE)),
      read('adjustments, the newest', PAGE + 1, () => this.points.list(scope, null, null, PAGE)),
      read('adjustments that wait', length / 100 + 1, () => this.points.list(scope, 'waiting', null, PAGE)),
      read('mails, the newest', PAGE + 1, () => this.mails.list(scope, null, PAGE)),
      read('mails behind one', PAGE + 2, () => this.mails.list(scope, idOf(length / 2), PAGE)),
      read('entries of a member', PAGE + 1, () => this.ledger.listEntries(scope, member, null, PAGE, null)),
      read('entries with points', walked + 1, () => this.ledger.listEntries(scope, member, null, PAGE, 'points')),
      read('entries of which there is none', length + 1, () =>
        this.ledger.listEntries(scope, member, null, PAGE, 'expired'),
      ),
      read('what a mission’s page shows', walked + 1, () =>
        this.ledger.listMissionTrail(scope, member, 'compras', PAGE),
      ),
      read('the first entry that earned', 1 + 2 + 4 + 1, () => this.ledger.readFirstEarnings(scope, [member])),
      read('what undid an entry', 10 + 1, () => this.ledger.findCorrection(scope, member, entry.seq)),
      read('what took an entry back', 10 + 2, () => this.ledger.findReversalsOf(scope, entry)),
      read('an outbox from its first row on', 100 + 1, () => this.ledger.readOutbox('1.0', length / 2, 100)),
      read('an outbox whose first rows are gone', 200 + 1, () => this.ledger.readOutbox('1.0', 0, 100)),
      read('a page of members with a journal', PAGE + 2 * Math.ceil(length / 64) + 1, () =>
        this.ledger.listJournals(scope, SHARDS, memberOf(1), PAGE),
      ),
      read('who is due', 0, () => this.ledger.listDue(SHARDS, new Date())),
      read('a run, page by page', 2 * length, async () => {
        for await (const _ of this.standings.pages(list, 100));
      }),
      read('the pages of a closed run', length / 100 + 1, () => this.runs.listPages('run7')),
      read('all that was brought to a goal', length / 100, () =>
        this.goals.total({ program: scope.program, mission: 'm7', period: '2026' }),
      ),
      read('what a member brought', 1, () => this.goals.clear(scope, memberOf(7))),
      read('the codes of somebody', 1, () => this.codes.forgetAllBut(1, 'verify', 's7')),
    ];
  }

  private async put(name: string, documentOf: (number: number) => Doc | null): Promise<void> {
    for (let from = 1; from <= this.length; from += BATCH) {
      const size = Math.min(BATCH, this.length - from + 1);
      const batch = Array.from({ length: size }, (_, index) => documentOf(from + index)).filter((one) => one !== null);
      if (batch.length > 0) await this.mongo.collection<Doc>(name).insertMany(batch);
    }
  }
}

type Doc = { _id: string } & Record<string, unknown>;

function idOf(number: number): string {
  return `01J${String(number).padStart(23, '0')}`;
}

function memberOf(index: number): string {
  return `01M${String(index).padStart(23, '0')}`;
}
