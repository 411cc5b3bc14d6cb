// `npm test -- affected`: the files of tests that what changed can reach. jest follows imports. A flow's imports end at the contract,
// since its server is a process of its own; there server/modules.js says which modules a change can reach, and the flows that speak
// one of their contracts are taken. What tests read as files (golden journals, folders of routes) nobody follows.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { modules } from '../server/modules.js';

/** The stages of which it takes a part. */
export const affectedStages = ['spec', 'medium', 'flows'];

const run = promisify(execFile);
/** What these change, they change for every file. */
const settings =
  /^(?:package(?:-lock)?|tsconfig\.base|\w+\/(?:package|tsconfig))\.json$|^server\/\.swcrc$|^test\/jest\./;

/**
 * @param {string} checkout
 * @param {string | undefined} since a commit or branch; the last commit counts as changed where there is none
 * @returns {Promise<string[]>} what differs from there in the working tree, with what git does not know yet
 */
export async function changedSince(checkout, since) {
  const git = async (...args) => (await run('git', args, { cwd: checkout })).stdout.split('\n').filter(Boolean);
  const [base = 'HEAD~1'] = since ? await git('merge-base', 'HEAD', since) : [];
  return [...(await git('diff', '--name-only', base)), ...(await git('ls-files', '--others', '--exclude-standard'))];
}

/**
 * @param {string} checkout
 * @param {string} stage
 * @param {readonly string[]} changed
 * @param {NodeJS.ProcessEnv} env with the flags that jest needs
 * @returns {Promise<string[]>} the paths of the stage's files of tests that are reached
 */
export async function testsReached(checkout, stage, changed, env) {
  const reached = stage === 'flows' ? await contractsReached(checkout, changed) : [];
  const isAll = reached === null || changed.some((file) => settings.test(file));
  const files = [...changed, ...(reached ?? [])].filter((file) => existsSync(path.join(checkout, file)));
  if (!isAll && files.length === 0) return [];
  const only = isAll ? [] : ['--findRelatedTests', ...files];
  const jest = ['node_modules/jest/bin/jest.js', '--config', 'test/jest.config.js', '--selectProjects', stage];
  const options = { cwd: checkout, env, maxBuffer: 16_000_000 };
  const { stdout } = await run(process.execPath, [...jest, '--listTests', ...only], options);
  return stdout.split('\n').filter((line) => path.isAbsolute(line));
}

/**
 * @param {string} checkout
 * @param {readonly string[]} changed
 * @returns {Promise<string[] | null>} the files of the contract of every module that a change of the server can reach; null: of all
 */
async function contractsReached(checkout, changed) {
  const reached = new Set();
  for (const file of changed) {
    if (!/^(?:server|shared|seeds)\//.test(file) || /\.spec\.[jt]s$/.test(file)) continue;
    const name = /^(?:server|shared)\/src\/([^/]+)\//.exec(file)?.[1];
    if (!modules.some((module) => module.name === name)) return null;
    reached.add(name);
  }
  for (const { name, imports } of modules) if (imports.some((below) => reached.has(below))) reached.add(name);
  const contracts = [...reached].map((name) => `shared/src/${name}`);
  const listed = contracts.map(async (folder) =>
    existsSync(path.join(checkout, folder))
      ? (await readdir(path.join(checkout, folder))).map((file) => `${folder}/${file}`)
      : [],
  );
  // What goes over every route imports the table of them, and no contract by its name.
  return reached.size === 0 ? [] : ['test/support/route-table.ts', ...(await Promise.all(listed)).flat()];
}
