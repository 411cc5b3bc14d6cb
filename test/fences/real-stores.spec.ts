import { readdir, readFile } from 'node:fs/promises';

const SOURCES = new URL('../../server/src/', import.meta.url);

/** What one of the two databases answers wrongly, slowly or not at all (docs/decisions/0034), as it would be written. */
const AVOIDED: readonly (readonly [what: string, written: RegExp])[] = [
  ['a regular expression as a value: `$regex` with a text', /\bnew RegExp\(|: \/[^/\n*]+\/[a-z]*[ ,})]/],
  ["a partial index over `$type` or `$exists`: `$gt: ''`", /partialFilterExpression:[^;]*\$(?:type|exists)\b/],
  ['a search by distance', /\$(?:near|geoNear)\b/],
  ["an order of the database's own", /\$natural\b|\bcollation\b/],
  ['a view written by the database', /\$out\b/],
  ['a local hour without a format', /\$dateToString\b/],
  ['counting in a pipeline', /\$count\b/],
];

function findAvoided(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return AVOIDED.filter(([, written]) => written.test(code)).map(([what]) => what);
}

test('#11 B1 no repository asks what real stores answer wrongly or slowly', async () => {
  const found: string[] = [];
  for (const file of await readdir(SOURCES, { recursive: true }))
    if (file.endsWith('.repository.ts'))
      for (const what of findAvoided(await readFile(new URL(file, SOURCES), 'utf8'))) found.push(`${file}: ${what}`);
  expect(found).toEqual([]);
});

test.each([
  'find({ name: /^Ana/ })',
  'find({ words: { $in: [new RegExp(word)] } })',
  "createIndex({ user: 1 }, { partialFilterExpression: { user: { $type: 'string' } } })",
  'find({ at: { $near: place } })',
  'find().sort({ $natural: -1 })',
  "find({}, { collation: { locale: 'es' } })",
  "aggregate([{ $match: {} }, { $out: 'totals' }])",
  "aggregate([{ $project: { day: { $dateToString: { date: '$at', timezone } } } }])",
  "aggregate([{ $lookup: {} }, { $count: 'all' }])",
])('#11 B1 it would see %s', (planted) => {
  expect(findAvoided(planted)).toHaveLength(1);
});

test('#11 B1 what is only told of in a comment is no breach', () => {
  expect(findAvoided('/** Not `$natural`. */\n  // nor new RegExp(word)\nfind({ a: 1 })')).toEqual([]);
});
