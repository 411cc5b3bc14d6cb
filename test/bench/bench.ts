import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStores } from '@verbena/server/launcher/stores.js';
import { benchBacktest } from './bench-backtest.js';
import { benchBoards } from './bench-boards.js';
import { benchBudgets } from './bench-budgets.js';
import { benchCommit, type Verdict } from './bench-commit.js';
import { benchDecide } from './bench-decide.js';
import { benchForumLive } from './bench-forum-live.js';
import { benchForums } from './bench-forums.js';
import { benchHttp } from './bench-http.js';
import { benchLists } from './bench-lists.js';
import { benchLive } from './bench-live.js';
import { benchPast } from './bench-past.js';
import { benchReads } from './bench-reads.js';
import { benchSettling } from './bench-settling.js';
import { benchStorm } from './bench-storm.js';

/**
 * `npm run bench [-- decide | commit | budgets | http | storm | live | backtest | settling | past | boards | lists | reads | forums | forum-live] [--units N] [--rounds N] [--members N] [--threads N] [--json FILE]`
 *
 * Ratios, each measured in turns within one run, against floors that hold on the Rust database of `npm run fast-db`; on any other
 * the figures are only reported. Ends with code 1 when a ratio lies below its floor.
 */
const options = new Map<string, string>();
const parts: string[] = [];
for (let place = 2; place < process.argv.length; place += 1) {
  const word = process.argv[place] ?? '';
  if (word.startsWith('--')) options.set(word.slice(2), process.argv[(place += 1)] ?? '');
  else parts.push(word);
}
const units = Number(options.get('units') ?? 12_000);
const rounds = Number(options.get('rounds') ?? 3);
const folder = mkdtempSync(path.join(tmpdir(), 'verbena-bench-'));
process.env['VERBENA_TEST_DIR'] = folder;
const stores = await startStores({ dataDir: folder });
const verdicts: Verdict[] = [];
try {
  console.log(
    `Database: ${stores.kind} · Node ${process.versions.node} · ${units} awards a run, ${rounds} rounds in turns`,
  );
  if (parts.length === 0 || parts.includes('decide')) benchDecide(rounds);
  if (parts.length === 0 || parts.includes('commit'))
    verdicts.push(...(await benchCommit(stores.mongodbUri, units, rounds)));
  if (parts.length === 0 || parts.includes('budgets'))
    verdicts.push(...(await benchBudgets(stores.mongodbUri, units, rounds)));
  if (parts.length === 0 || parts.includes('http')) verdicts.push(...(await benchHttp(stores, units, rounds)));
  if (parts.length === 0 || parts.includes('storm')) verdicts.push(...(await benchStorm(stores, units, rounds)));
  if (parts.length === 0 || parts.includes('live')) await benchLive(stores);
  if (parts.length === 0 || parts.includes('backtest')) verdicts.push(...(await benchBacktest(stores)));
  if (parts.length === 0 || parts.includes('settling')) await benchSettling();
  if (parts.length === 0 || parts.includes('past')) await benchPast(stores.mongodbUri);
  if (parts.length === 0 || parts.includes('lists')) await benchLists(stores.mongodbUri);
  if (parts.length === 0 || parts.includes('boards'))
    await benchBoards(stores, Number(options.get('members') ?? 100_000));
  if (parts.length === 0 || parts.includes('forum-live')) await benchForumLive(stores);
  if (parts.length === 0 || parts.includes('forums'))
    verdicts.push(
      ...(await benchForums(stores, {
        threads: Number(options.get('threads') ?? 1_000),
        units: Math.min(units, 4_000),
        rounds,
      })),
    );
  if (parts.length === 0 || parts.includes('reads')) await benchReads(stores, Number(options.get('members') ?? 20_000));
} finally {
  await stores.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log('');
const isBinding = stores.kind === 'rust';
for (const { name, ratio, floor } of verdicts) {
  const verdict =
    floor === null ? 'reported' : ratio >= floor ? 'ok' : isBinding ? 'BELOW' : 'below (not binding on this database)';
  console.log(
    `${name.padEnd(64)}${ratio.toFixed(2).padStart(8)} ×  ${floor === null ? '' : `floor ${floor} ×  `}${verdict}`,
  );
}
const file = options.get('json');
if (file !== undefined) writeFileSync(file, JSON.stringify({ database: stores.kind, verdicts }, null, 2));
process.exit(isBinding && verdicts.some(({ ratio, floor }) => floor !== null && ratio < floor) ? 1 : 0);
