// The fences between rooms and between server modules, as rules for dependency-cruiser. server/modules.js is their source.
import { databaseKinds, frameKinds, modules, publicKinds } from '../../server/modules.js';

const stores = ['mongoose', 'mongodb', 'redis', '@redis/[^/]+', 'bullmq', 'secantus[^/]*'];
const listening = ['@nestjs/[^/]+', 'fastify', '@fastify/[^/]+', 'socket\\.io'];
const packages = (names) => `(?:^|/)node_modules/(?:${names.join('|')})/`;
const kinds = (names) => `\\.(?:${names.join('|')})\\.ts$`;
const test = '\\.spec\\.ts$';
const medium = '\\.medium\\.spec\\.ts$';

/**
 * The configuration of dependency-cruiser; paths count from the folder that holds the rooms, where it runs.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default fences();

function fences() {
  const at = (path) => `^${path}`;
  const source = (name) => at(`server/src/${name}/`);
  const anyModule = source('[^/]+');
  const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

  const mayImport = modules.flatMap(({ name, imports }) => {
    const comment = `server/modules.js lets ${name} import ${imports.length ? imports.join(', ') : 'no other module'}.`;
    const allowed = [name, ...imports].map(source);
    const rule = (from, more) =>
      forbid(`server-${name}-imports`, comment, from, { path: at('server/src/'), pathNot: [...allowed, ...more] });
    return [
      rule({ path: source(name), pathNot: [medium] }, []),
      // A medium test may start the whole app, to stand on real stores.
      rule({ path: `${source(name)}.*${medium}` }, [at('server/src/[^/]+$')]),
    ];
  });

  const closed = modules.filter((module) => !module.open);
  const privateOnes = closed.map(({ name }) =>
    forbid(
      `server-${name}-private`,
      `From outside, ${name} is its ${publicKinds.map((kind) => `*.${kind}.ts`).join(', ')} only.`,
      { path: at('server/src/[^/]+/'), pathNot: [source(name)] },
      { path: source(name), pathNot: [kinds(publicKinds)] },
    ),
  );
  const app = forbid(
    'server-app-private',
    'The app takes the public kinds of a module, and its adapters.',
    { path: at('server/src/[^/]+$') },
    { path: closed.map(({ name }) => source(name)), pathNot: [kinds([...publicKinds, ...frameKinds])] },
  );

  return {
    forbidden: [
      ...mayImport,
      ...privateOnes,
      app,
      forbid(
        'server-module-on-the-map',
        'Every folder of server/src is a module of server/modules.js, or `commands`, which stands above all of them.',
        { path: at('server/src/[^/]+/'), pathNot: [...modules.map(({ name }) => source(name)), source('commands')] },
        {},
      ),
      forbid(
        'server-database-behind-repositories',
        'Only *.repository.ts and *.schema.ts (and platform/mongo) speak with the database.',
        { path: anyModule, pathNot: [kinds(databaseKinds), source('platform/mongo'), medium] },
        { path: packages(['mongoose', 'mongodb']) },
      ),
      forbid(
        'server-engine-is-pure',
        'The engine decides and does nothing else: it imports itself and the contract, no package, no part of Node.',
        { path: source('engine'), pathNot: [test] },
        { couldNotResolve: false, pathNot: [source('engine'), at('shared/src/')] },
      ),
      forbid(
        'client-and-server-meet-in-shared',
        'The client imports itself, the contract and packages.',
        { path: at('client/') },
        { path: at('(?:server|seeds|test)/') },
      ),
      forbid(
        'server-imports-no-client',
        'The server serves the built client as files and knows none of its sources.',
        { path: at('server/') },
        { path: at('(?:client|test)/') },
      ),
      forbid(
        'only-test-imports-server',
        'Nobody but test builds on the server from outside.',
        { path: at('(?:shared|seeds|client)/') },
        { path: at('server/') },
      ),
      forbid(
        'seeds-import-only-shared',
        'Seeds are values: they import themselves and the contract.',
        { path: at('seeds/src/'), pathNot: [test] },
        { couldNotResolve: false, pathNot: [at('seeds/src/'), at('shared/src/')] },
      ),
      forbid(
        'shared-imports-only-zod-mini',
        'The contract goes to the browser: zod/mini and itself, nothing more.',
        { path: at('shared/src/'), pathNot: [test] },
        { couldNotResolve: false, pathNot: [at('shared/src/'), '(?:^|/)node_modules/zod/mini/'] },
      ),
      forbid(
        'spec-without-nest-and-stores',
        'A .spec.ts is pure logic, in milliseconds; what needs Nest or a store is a .medium.spec.ts or a flow.',
        { path: test, pathNot: [medium, at('test/')] },
        { path: packages([...stores, ...listening]), dependencyTypesNot: ['type-only'] },
      ),
      forbid(
        'no-cycle',
        'A cycle of files has no lowest part.',
        {},
        { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      ),
      forbid(
        'no-unresolved',
        'An import that leads nowhere.',
        {},
        { couldNotResolve: true, pathNot: ['^\\./\\$types', '^\\$(?:app|env|lib|service-worker)(?:/|$)'] },
      ),
      forbid(
        'no-undeclared-package',
        'A package that is imported stands in the package.json of its workspace or of the checkout.',
        { path: at('(?:shared|seeds|server|client|test)/') },
        { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
      ),
    ],
    options: {
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['(^|/)dist/', '(^|/)build/', '(^|/)\\.svelte-kit/'] },
      tsPreCompilationDeps: true,
      combinedDependencies: true,
      skipAnalysisNotInRules: true,
      detectProcessBuiltinModuleCalls: true,
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['source', 'svelte', 'import', 'node', 'default'],
        mainFields: ['module', 'main', 'types'],
        extensions: ['.ts', '.js', '.svelte', '.mjs', '.cjs', '.d.ts', '.json'],
      },
    },
  };
}
