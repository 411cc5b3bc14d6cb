import { createContext } from 'svelte';
import { type Permission, PERMISSIONS_OF } from '@verbena/shared/identity/permissions.js';
import type { Role } from '@verbena/shared/identity/role.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { SANDBOX } from '@verbena/shared/platform/ids.js';
import type { DefinitionsInForce, Program } from '@verbena/shared/programs/programs.routes.js';
import { locale } from '#lib/words/locale.svelte.js';
import { Names } from '#programs/names.js';
import type { ProgramArea } from '#programs/program-area.js';

/** What the staff pages of one program share: its names, and what the login that looks may do. */
export class ConsoleArea implements ProgramArea {
  published = $state.raw<DefinitionsInForce>();
  readonly names: Names = $derived(new Names(this.definitions, locale, this.published?.withdrawn));

  constructor(
    readonly program: Program,
    readonly role: Role,
    /** The member that this login is in the program, if it collects too. */
    readonly member: string | null,
  ) {}

  /** What is in force. */
  get definitions(): Definitions | undefined {
    return this.published?.definitions;
  }

  get slug(): string {
    return this.program.slug;
  }

  /** The slug of the program itself, also where its sandbox is shown. */
  get home(): string {
    return this.slug.replace(SANDBOX, '');
  }

  get isSandbox(): boolean {
    return this.slug !== this.home;
  }

  /** In the sandbox of the test keys there is only something to look at. */
  may(permission: Permission): boolean {
    const isShown = !this.isSandbox || permission === 'members.read' || permission === 'definitions.read';
    return isShown && PERMISSIONS_OF[this.role].includes(permission);
  }

  /** The address of a staff page: `/members` and so on; the overview without. */
  address(path = ''): string {
    return `/console/${this.slug}${path}`;
  }

  memberAddress(member: string): string {
    return this.address(`/members/${member}`);
  }

  entryAddress(member: string, seq: number): string {
    return this.address(`/members/${member}/entries/${seq}`);
  }
}

export const [useConsole, setConsole] = createContext<ConsoleArea>();
