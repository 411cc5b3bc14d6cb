import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { contentPolicyOf } from './content-policy.js';

/** The client's page as it was built, with the policy that its own scripts need. */
export interface Shell {
  readonly html: string;
  readonly contentPolicy: string;
}

/** Hashed files live below this folder of the build; their names change with their content. */
export const HASHED = '_app/';
const SHELL = '200.html';

/**
 * The built client on disk. A build that replaces it while the server runs is noticed by the date of its page, so a page
 * never names scripts that are gone.
 */
export class ClientFiles {
  private shellCache: Shell | null = null;
  private names: ReadonlySet<string> = new Set();
  private readAtMs = -1;

  constructor(readonly folder: string) {}

  /** The page that answers every address of the client; null without a built client. */
  shell(): Shell | null {
    const stat = statSync(join(this.folder, SHELL), { throwIfNoEntry: false });
    if (stat === undefined) return null;
    if (stat.mtimeMs !== this.readAtMs || this.shellCache === null) {
      const html = readFileSync(join(this.folder, SHELL), 'utf8');
      this.shellCache = { html, contentPolicy: contentPolicyOf(html) };
      this.names = new Set(listFiles(this.folder));
      this.readAtMs = stat.mtimeMs;
    }
    return this.shellCache;
  }

  /** Whether the build has a file of this name outside the hashed ones, such as `favicon.svg`. */
  hasFile(name: string): boolean {
    return this.shell() !== null && this.names.has(name) && name !== SHELL;
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !name.startsWith(HASHED));
}
