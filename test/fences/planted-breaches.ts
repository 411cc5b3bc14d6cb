// One breach of each fence, as a little checkout of its own. Keys are files, values what stands in them.

/** Files that break nothing, for the breaches to lean on. */
const ground: Record<string, string> = {
  'shared/src/activities/activity.ts':
    "import * as z from 'zod/mini';\nexport const Activity = z.object({ key: z.string() });\n",
  'server/src/platform/clock.ts': 'export const now = () => Date.now();\n',
  'server/src/members/members.service.ts':
    "import { now } from '#platform/clock.js';\nexport const joinedAt = () => now();\n",
  'server/src/members/members.repository.ts':
    "import { connect } from 'mongoose';\nexport const open = () => connect('');\n",
  'server/src/members/alias.spec.ts':
    "import { Activity } from '@verbena/shared/activities/activity.js';\ntest('', () => expect(Activity).toBeDefined());\n",
  'server/src/ledger/ledger.service.ts':
    "import { joinedAt } from '#members/members.service.js';\nexport const first = () => joinedAt();\n",
  'server/src/engine/decide.ts':
    "import { Activity } from '@verbena/shared/activities/activity.js';\nexport const decide = () => Activity;\n",
  'server/src/commands/seed.ts': "import { first } from '#ledger/ledger.service.js';\nvoid first();\n",
  'seeds/src/plaza.ts':
    "import { Activity } from '@verbena/shared/activities/activity.js';\nexport const plaza = Activity;\n",
  'client/src/lib/home.ts':
    "import { Activity } from '@verbena/shared/activities/activity.js';\nexport const home = Activity;\n",
  'test/flows/purchase.flow.ts':
    "import { first } from '@verbena/server/ledger/ledger.service.js';\ntest('', () => expect(first()).toBe(1));\n",
};

/** Rule of dependency-cruiser → the file that breaks it. */
const imports: Record<string, [file: string, text: string]> = {
  'server-module-on-the-map': [
    'server/src/lottery/lottery.service.ts',
    "import { now } from '#platform/clock.js';\nvoid now();\n",
  ],
  'server-database-behind-repositories': [
    'server/src/members/members.gateway.ts',
    "import { connect } from 'mongoose';\nvoid connect('');\n",
  ],
  'server-engine-is-pure': [
    'server/src/engine/read-file.ts',
    "import { readFileSync } from 'node:fs';\nvoid readFileSync;\n",
  ],
  'client-and-server-meet-in-shared': [
    'client/src/lib/peek.ts',
    "import { plaza } from '@verbena/seeds/plaza.js';\nvoid plaza;\n",
  ],
  'server-imports-no-client': [
    'server/src/platform/peek.ts',
    "import { home } from './../../../client/src/lib/home.js';\nvoid home;\n",
  ],
  'only-test-imports-server': [
    'client/src/lib/reach.ts',
    "import { first } from '@verbena/server/ledger/ledger.service.js';\nvoid first;\n",
  ],
  'seeds-import-only-shared': ['seeds/src/random.ts', "import { randomInt } from 'node:crypto';\nvoid randomInt;\n"],
  'shared-imports-only-zod-mini': ['shared/src/activities/heavy.ts', "import * as z from 'zod';\nvoid z;\n"],
  'spec-without-nest-and-stores': [
    'server/src/members/slow.spec.ts',
    "import { Injectable } from '@nestjs/common';\nvoid Injectable;\n",
  ],
  'no-cycle': [
    'server/src/ledger/about.ts',
    "import { round } from './round.js';\nexport const about = () => round;\n",
  ],
  'no-unresolved': ['server/src/ledger/nowhere.ts', "import { gone } from './gone.js';\nvoid gone;\n"],
  'no-undeclared-package': ['client/src/lib/smuggled.ts', "import { parse } from 'verbena-undeclared';\nvoid parse;\n"],
  // One breach of an import list and one of a private kind stand for those of every module, which have one origin.
  'server-members-imports': [
    'server/src/members/upward.ts',
    "import { first } from '#ledger/ledger.service.js';\nvoid first;\n",
  ],
  'server-engine-imports': ['server/src/engine/sideways.ts', "import { now } from '#platform/clock.js';\nvoid now;\n"],
  'server-app-private': [
    'server/src/create-app.ts',
    "import { open } from '#members/members.repository.js';\nvoid open;\n",
  ],
  'server-members-private': [
    'server/src/ledger/back-door.ts',
    "import { open } from '#members/members.repository.js';\nvoid open;\n",
  ],
};

/** Rule of oxlint → the file that breaks it. */
const lint: Record<string, [file: string, text: string]> = {
  'typescript(no-floating-promises)': [
    'server/src/ledger/floating.ts',
    'export async function commit() {}\nexport function go() {\n  commit();\n}\n',
  ],
  'typescript(no-misused-promises)': [
    'server/src/ledger/misused.ts',
    'export async function isDone() {\n  return true;\n}\nexport const said = () => (isDone() ? 1 : 2);\n',
  ],
  'typescript(no-explicit-any)': ['server/src/ledger/any.ts', 'export const anything: any = 1;\n'],
  'typescript(ban-ts-comment)': ['server/src/ledger/silenced.ts', '// @ts-ignore\nexport const one: string = 1;\n'],
  'eslint(no-restricted-imports)': [
    'server/src/ledger/deep/up.ts',
    "import { first } from '../ledger.service.js';\nvoid first;\n",
  ],
  'eslint(no-restricted-globals)': ['server/src/engine/world.ts', 'export const home = () => process.env;\n'],
  'eslint(no-restricted-properties)': ['server/src/engine/chance.ts', 'export const dice = () => Math.random();\n'],
  'oxc(no-barrel-file)': ['server/src/ledger/barrel.ts', "export * from './ledger.service.js';\n"],
  'jest(expect-expect)': ['server/src/ledger/empty.spec.ts', "test('cannot fail', () => {\n  void 1;\n});\n"],
  'jest(no-focused-tests)': [
    'server/src/ledger/focused.spec.ts',
    "test.only('alone', () => {\n  expect(1).toBe(1);\n});\n",
  ],
};

/** Rule of eslint → the component that breaks it. */
const components: Record<string, [file: string, text: string]> = {
  'verbena/catalogue-words': ['client/src/lib/Literal.svelte', '<p>Hola, vecina</p>\n'],
  'no-restricted-imports': [
    'client/src/lib/Up.svelte',
    '<script lang="ts">\n  import { home } from \'../lib/home.js\';\n</script>\n\n<p>{home}</p>\n',
  ],
  'svelte/no-at-html-tags': [
    'client/src/lib/Raw.svelte',
    '<script lang="ts">\n  let { text }: { text: string } = $props();\n</script>\n\n{@html text}\n',
  ],
};

/** What test/fences/names.js says → the file that makes it say so. */
const names: Record<string, [file: string, text: string]> = {
  'a name that says nothing': ['server/src/ledger/utils.ts', 'export const one = 1;\n'],
  'history belongs in git, not in a name': ['server/src/ledger/commit-v2.ts', 'export const one = 1;\n'],
  'files are kebab-case': ['server/src/ledger/commitGroup.ts', 'export const one = 1;\n'],
  'components are PascalCase': ['client/src/lib/award-toast.svelte', '<p>{1}</p>\n'],
  'no stage of npm test runs it': ['test/flows/money.law.ts', "test('', () => {});\n"],
  'server/modules.js does not know raffle': ['test/modules/raffle.fixtures.ts', 'export const fixtures = {};\n'],
  'server/modules.js does not know lottery': ['server/src/lottery/draw.ts', 'export const one = 1;\n'],
};

export const planted = { ground, imports, lint, components, names };
/** The second half of the planted cycle. */
export const otherHalf: [file: string, text: string] = [
  'server/src/ledger/round.ts',
  "import { about } from './about.js';\nexport const round = () => about;\n",
];
