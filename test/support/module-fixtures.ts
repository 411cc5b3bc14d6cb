import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Page } from 'playwright-core';
import type { Who as DemoWho } from '#screens/demo-people.js';
import type { Caller } from './http-call.js';
import type { Person, Story } from './story.js';
import type { TestServer } from './test-server.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = path.join(ROOT, 'test/modules');

/** By the name of a path parameter, what stands there. Where two modules call one the same, with what stands before it: `keys/key`. */
export type Named = Readonly<Record<string, string>>;

/** Everybody that a page may show itself to. `shy` is a member who hides from boards and has invited nobody. Staff come with an authenticator app that this session has shown. */
export type Who = 'member' | 'shy' | 'nobody' | 'manager' | 'owner';

/** A page as somebody sees it. `at` stands in the address instead of what the modules made, `tail` behind it; both may name what was made, as `:member`. */
export interface PageState<W = Who> {
  readonly who: W;
  readonly at?: Named;
  readonly tail?: string;
}

/** The same over the demo, as a picture whose file begins with `name`. `prepare` opens what is to be seen over it. */
export interface ScreenState extends PageState<DemoWho> {
  readonly name: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

/** The demo program, and the member there who has everything. */
export interface DemoPlace {
  readonly server: TestServer;
  readonly slug: string;
  readonly lucia: Caller;
}

export interface BodyGiven {
  /** The program that is asked. */
  readonly story: Story;
  /** The least definitions that have something of every module. */
  readonly definitions: object;
}

/** What one module brings to the tests that go over every route, page or screen: `fixtures` of `test/modules/<module>.fixtures.ts`. */
export interface ModuleFixtures {
  /** A body that the contract takes, for each route that has one: `POST /programs/:program/drafts`. */
  readonly bodies?: Readonly<Record<string, (given: BodyGiven) => object>>;
  /** Something of each kind that a program defines and this module decides. */
  readonly definitions?: Partial<Definitions>;
  /** Makes what paths of this module name, in a program and for its member; modules that stand above it in `server/modules.js` have `made` theirs. */
  readonly make?: (story: Story, person: Person, made: Named) => Promise<Named> | Named;
  /** Waits until what was made can be looked at. */
  readonly ready?: (story: Story, made: Named) => Promise<unknown>;
  /** How each page is reached, by whom, in each state worth a look: `/[program]/wallet`. */
  readonly pages?: Readonly<Record<string, readonly PageState[]>>;
  readonly makeInDemo?: (demo: DemoPlace) => Promise<Named> | Named;
  /** Each page in each state worth a picture. */
  readonly screens?: Readonly<Record<string, readonly ScreenState[]>>;
}

/** An id that nothing has. */
export const NOBODY = '01HZZZZZZZZZZZZZZZZZZZZZZZ';
export const TEXT = { es: 'Uno', en: 'One' };

/** What every module brings, in the order of `server/modules.js`. */
export async function moduleFixtures(): Promise<ModuleFixtures[]> {
  const map = (await import(path.join(ROOT, 'server/modules.js'))) as { modules: readonly { name: string }[] };
  const files = map.modules.map(({ name }) => `${name}.fixtures.ts`);
  const stray = (await readdir(FOLDER)).filter((file) => !files.includes(file));
  if (stray.length > 0) throw new Error(`test/modules: server/modules.js knows no module of ${stray.join(', ')}.`);
  const found: ModuleFixtures[] = [];
  // One after the other: jest cannot link two imports at once.
  for (const file of files.map((name) => path.join(FOLDER, name)).filter((name) => existsSync(name)))
    found.push(((await import(file)) as { fixtures: ModuleFixtures }).fixtures);
  return found;
}

/** What all modules bring of one kind, by its name; a name that two of them bring is an error. */
export function together<T>(parts: readonly (Readonly<Record<string, T>> | undefined)[]): Readonly<Record<string, T>> {
  const all: Record<string, T> = {};
  for (const [name, value] of parts.flatMap((part) => Object.entries(part ?? {}))) {
    if (name in all) throw new Error(`Two modules bring ${name}.`);
    all[name] = value;
  }
  return all;
}

/** Every module makes what its paths name, in a program and for its member. */
export async function makeAll(modules: readonly ModuleFixtures[], story: Story, person: Person): Promise<Named> {
  let made: Named = { program: story.slug, member: person.member ?? '' };
  for (const { make } of modules) made = together([made, await make?.(story, person, made)]);
  return made;
}

/** A path with each `:name` in it replaced by what was made of that name. */
export function filled(template: string, made: Named): string {
  return template.replaceAll(/:([A-Za-z]+)/g, (_, name: string, at: number) => {
    const value = made[`${template.slice(0, at).split('/').at(-2) ?? ''}/${name}`] ?? made[name];
    if (value === undefined) throw new Error(`${template}: no module says what :${name} is.`);
    return encodeURIComponent(value);
  });
}

/** The address of a page of the client in one of its states. */
export function addressOf(route: string, { at = {}, tail = '' }: PageState<string>, made: Named): string {
  return filled(`${route.replaceAll(/\[?\[(\w+)\]\]?/g, (_, name: string) => at[name] ?? `:${name}`)}${tail}`, made);
}
