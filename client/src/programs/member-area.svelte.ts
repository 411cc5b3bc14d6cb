import { createContext } from 'svelte';
import type { QueryClient } from '@tanstack/svelte-query';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Notice } from '@verbena/shared/notices/notice.js';
import type { DefinitionsInForce, Program } from '@verbena/shared/programs/programs.routes.js';
import { session } from '#lib/api/session.svelte.js';
import { LeaderTab } from '#lib/live/leader-tab.js';
import type { LiveConnection } from '#lib/live/live-connection.svelte.js';
import type { CaughtUpListener, CaughtUpStream } from '#lib/live/caught-up-stream.js';
import { locale } from '#lib/words/locale.svelte.js';
import { announce } from '#lib/ui/announce.js';
import { AwardDisplay } from '#ledger/award-display.svelte.js';
import { awardOf } from '#ledger/award.js';
import type { Award } from '#ledger/award.js';
import { Bell } from '#ledger/bell.svelte.js';
import { readNewestEntries } from '#ledger/ledger-queries.js';
import type { Inbox } from '#notices/inbox.js';
import { LiveViews } from './live-views.js';
import { Names } from './names.js';
import type { ProgramArea } from './program-area.js';

/** So many entries are looked through for what happened while nobody looked. */
const MISSED_MAX = 50;
const RETRY_MS = 3_000;

/** Everything that the screens of one member in one program share: names, the live stream, what is shown of it. */
export class MemberArea implements ProgramArea {
  published = $state.raw<DefinitionsInForce>();
  readonly names: Names = $derived(new Names(this.definitions, locale, this.published?.withdrawn));
  readonly display: AwardDisplay;
  readonly bell = new Bell();
  /** The socket that carries the stream `me` and whatever a page follows beside it; there once the screens are read. */
  live = $state.raw<LiveConnection>();
  #stream: CaughtUpStream | undefined;
  #inbox: Inbox | undefined;
  #goesLive = false;
  #closed = false;
  readonly #leader: LeaderTab;
  readonly #views: LiveViews;

  constructor(
    readonly program: Program,
    member: string,
    queries: QueryClient,
    isHomeOpen: () => boolean,
  ) {
    this.#leader = new LeaderTab(`${program.id}:${member}`, () => this.display.reconsider());
    this.#views = new LiveViews(queries, program.slug);
    this.display = new AwardDisplay({
      leader: this.#leader,
      claim: async (q) => this.#stream?.claim(q),
      announce: (awards) => void this.#announce(awards),
      isHomeOpen,
    });
  }

  /** What is in force. */
  get definitions(): Definitions | undefined {
    return this.published?.definitions;
  }

  get slug(): string {
    return this.program.slug;
  }

  /** Connects, from the `seq` at which the screens were read. What that needs is fetched only now: the screens come first. */
  async goLive(since: number): Promise<void> {
    if (this.#goesLive || this.#closed) return;
    this.#goesLive = true;
    try {
      const [{ followMember }, { Inbox }] = await Promise.all([
        import('#lib/live/follow-member.js'),
        import('#notices/inbox.js'),
      ]);
      if (this.#closed) return;
      const { connection, stream } = followMember(this.program.slug, since, this.#listen(since), () => session.end());
      this.#stream = stream;
      this.live = connection;
      this.#inbox = new Inbox(connection, this.program.slug, this.bell, (notice) => void this.#announceNotice(notice));
      void this.#inbox.begin();
      await connection.connect();
    } catch {
      // The network went before it was all there.
      this.#goesLive = this.live !== undefined;
      if (!this.#goesLive) setTimeout(() => void this.goLive(since), RETRY_MS);
    }
  }

  #listen(since: number): CaughtUpListener {
    return {
      apply: (push) => {
        this.#views.apply(push);
        if (push.name !== 'entry.recorded') return;
        const award = awardOf(push.q, push.at, push.data);
        if (!award) return;
        this.display.add(award);
        this.bell.add([award]);
      },
      reset: () => void this.#views.refresh().then(() => this.#lookBack(-1)),
      opened: ({ seen, read }, isFirst) => {
        // Opened while the connection was away: the server is told now.
        if (Number.isFinite(this.bell.read) && read < this.bell.read) void this.#stream?.read(this.bell.read);
        this.bell.markRead(read);
        if (isFirst && Math.min(seen, read) < since) void this.#lookBack(seen, since);
        this.display.reconsider();
      },
      seenElsewhere: (q) => this.display.forget(q),
      readElsewhere: (q) => this.bell.markRead(q),
    };
  }

  async #announce(awards: readonly Award[]): Promise<void> {
    const { speakAwards } = await import('#ledger/describe-award.js');
    announce(speakAwards(awards, this.names, locale));
  }

  /** Of what others do only what is meant for the member itself is said aloud, by one tab. */
  async #announceNotice(notice: Notice): Promise<void> {
    if (!this.#leader.leads || (notice.reason !== 'mention' && notice.reason !== 'answer')) return;
    const [{ describeNotice }] = await Promise.all([import('#notices/describe-notice.js'), locale.need('bell')]);
    announce(describeNotice(notice));
  }

  close(): void {
    this.#closed = true;
    this.#inbox?.close();
    this.live?.close();
    this.display.close();
    this.#leader.close();
    this.#views.close();
  }

  /** What came between what was last shown and what the screens were read at. The claim tells again what was seen. */
  async #lookBack(seen: number, upTo = Number.MAX_SAFE_INTEGER): Promise<void> {
    const awards = await this.#readNewest().catch(() => []);
    for (const award of awards) if (award.q > seen && award.q <= upTo) this.display.add(award);
  }

  /**
   * Opens what the bell lists: read from now on, on all of the member's devices. Resolves with how far it had read what it was told of
   * others.
   */
  async openBell(): Promise<number | undefined> {
    const told = this.#inbox?.open();
    const [, read] = await Promise.all([this.#openAwards(), told]);
    return read;
  }

  async #openAwards(): Promise<void> {
    if (!this.bell.isLoaded) await this.#readNewest();
    const newest = this.bell.items[0]?.q;
    if (newest === undefined || newest <= this.bell.read) return;
    this.bell.markRead(newest);
    void this.#stream?.read(newest);
  }

  async #readNewest(): Promise<readonly Award[]> {
    const entries = await readNewestEntries(this.program.slug, MISSED_MAX);
    const awards = entries.flatMap((entry) => awardOf(entry.seq, entry.at, entry) ?? []);
    this.bell.add(awards);
    this.bell.isLoaded = true;
    return awards;
  }
}

export const [useMemberArea, setMemberArea] = createContext<MemberArea>();
