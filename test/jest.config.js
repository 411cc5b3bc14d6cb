// One jest configuration with a project per stage. Run a stage with `npm test -- <stage> [name]`; test/run.js adds the stores.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const rootDir = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const swcrc = JSON.parse(readFileSync(path.join(rootDir, 'server/.swcrc'), 'utf8'));
const { $schema: _, ...swc } = { ...swcrc, sourceMaps: 'inline', swcrc: false };

const rooms = ['shared', 'seeds', 'server', 'client', 'test'];

/**
 * The stages in the order in which they run: the files that belong to each, the seconds that one test may take, and those that a file
 * of them should; the report names what takes longer.
 */
export const stages = {
  spec: {
    match: rooms.map((room) => `<rootDir>/${room}/**/!(*.medium).spec.{ts,js}`),
    ending: /(?<!\.medium)\.spec\.(?:ts|js)$/,
    seconds: 20,
    budget: 10,
  },
  medium: {
    match: rooms.map((room) => `<rootDir>/${room}/**/*.medium.spec.{ts,js}`),
    ending: /\.medium\.spec\.(?:ts|js)$/,
    seconds: 60,
    budget: 30,
  },
  laws: { match: ['<rootDir>/test/laws/**/*.law.ts'], ending: /\.law\.ts$/, seconds: 180, budget: 60 },
  sim: { match: ['<rootDir>/test/sim/**/*.sim.ts'], ending: /\.sim\.ts$/, seconds: 300, budget: 120 },
  flows: { match: ['<rootDir>/test/flows/**/*.flow.ts'], ending: /\.flow\.ts$/, seconds: 120, budget: 60 },
  browser: { match: ['<rootDir>/test/browser/**/*.story.ts'], ending: /\.story\.ts$/, seconds: 180, budget: 90 },
  faults: { match: ['<rootDir>/test/faults/**/*.fault.ts'], ending: /\.fault\.ts$/, seconds: 1_800, budget: 600 },
  excerpt: { match: ['<rootDir>/test/excerpt/**/*.check.ts'], ending: /\.check\.ts$/, seconds: 600, budget: 120 },
};

export default {
  rootDir,
  projects: Object.entries(stages).map(([displayName, { match }]) => ({
    displayName,
    rootDir,
    cacheDirectory: '<rootDir>/node_modules/.cache/jest',
    roots: rooms.map((room) => `<rootDir>/${room}`),
    testMatch: match,
    testPathIgnorePatterns: ['/node_modules/', '/dist/', '/build/', '/\\.svelte-kit/'],
    modulePathIgnorePatterns: ['/dist\\.(?:new|old)-', '/build/', '/\\.svelte-kit/'],
    testEnvironment: 'node',
    testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
    extensionsToTreatAsEsm: ['.ts'],
    setupFilesAfterEnv: displayName === 'flows' ? ['<rootDir>/test/support/hold-to-the-document.ts'] : [],
    moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
    resolver: '<rootDir>/test/jest.resolver.cjs',
    transform: { '\\.ts$': ['@swc/jest', swc] },
    transformIgnorePatterns: ['/node_modules/', '/dist/'],
  })),
};
