import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { RESERVED_SLUGS } from '@verbena/shared/manifests.js';
import { Slug } from '@verbena/shared/platform/ids.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import * as z from 'zod/mini';
import { AddressLimit } from '#identity/address-limit.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { LinkPreview } from '#platform/serving/link-preview.js';
import { ProgramsService } from '#programs/programs.service.js';
import { LINK_PREVIEW_WORDS } from './link-preview-words.js';
import { ReferralsService } from './referrals.service.js';

/** So long a page waits for what it says of itself. */
const PATIENCE_MS = 1_000;

/** What an address of the client says of itself where somebody shares it. */
@Injectable()
export class LinkPreviewService {
  private readonly logger = new Logger('Previews');

  constructor(
    private readonly programs: ProgramsService,
    private readonly referrals: ReferralsService,
    private readonly limit: AddressLimit,
  ) {}

  /**
   * The preview of a path, in the reader's language or else the program's. Whoever asks too often, or for what is not there,
   * reads what the house says of itself, or the program: the page itself is never refused.
   */
  async describe(path: string, reader: Language | null, ip: string): Promise<LinkPreview> {
    const [slug = '', place, code] = path.split('/').slice(1);
    const program = await this.findProgram(slug, ip);
    if (program === null) {
      const language = reader ?? 'es';
      return { language, title: 'Verbena', description: LINK_PREVIEW_WORDS[language].house };
    }
    const { name } = program;
    const language = reader ?? program.language;
    const words = LINK_PREVIEW_WORDS[language];
    if (place === 'i' && code !== undefined) {
      const advocate = await this.findAdvocate(program._id, code, ip);
      if (advocate !== undefined)
        return { language, title: words.invites(advocate, name), description: words.invitation(name), program: slug };
    }
    const title = place === 'join' ? words.join(name) : name;
    return { language, title, description: words.program(name), program: slug };
  }

  private async findProgram(slug: string, ip: string) {
    if (RESERVED_SLUGS.has(slug) || !z.safeParse(Slug, slug).success) return null;
    return this.orElse(async () => {
      this.limit.spend(ip);
      return this.programs.find(slug);
    }, null);
  }

  /** The alias of whoever invites, null where it has none; undefined where the code is nobody's. */
  private async findAdvocate(program: string, code: string, ip: string): Promise<string | null | undefined> {
    return this.orElse(async () => (await this.referrals.invitation(scopeOf(program), code, ip)).advocate, undefined);
  }

  /** What is read, or this: where it is refused, and where the database is away, of which the page itself has no need. */
  private async orElse<T, U>(read: () => Promise<T>, otherwise: U): Promise<T | U> {
    const found = read().catch((error: unknown) => {
      if (!(error instanceof Refusal)) this.logger.debug(`A preview could not be read: ${String(error)}`);
      return otherwise;
    });
    return Promise.race([found, sleep(PATIENCE_MS, otherwise, { ref: false })]);
  }
}
