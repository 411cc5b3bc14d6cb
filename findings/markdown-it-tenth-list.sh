#!/usr/bin/env bash
# markdown-it 15.0.3 with its preset for CommonMark, beside commonmark 0.31.2: a list in a list, ten deep, and an answer quoted twenty times.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: the preset that is called after the specification shows every word, as the reference does; or says that it will not.
# Seen: it goes twenty blocks deep, a list counts as two and a quote as one. What stands deeper is left out, words and all, without an
#   error or a sign: a check list of ten levels loses its last item, a mail that was quoted twenty times its first one. The preset
#   'default' does the same at a hundred (fifty lists). Limit the depth yourself, before the parser does, and keep the words.
#
#   list, 9 deep    markdown-it <li>…hola   commonmark <li>…hola
#   list, 10 deep   markdown-it -           commonmark <li>…hola
#   quote, 20 deep  markdown-it -           commonmark <p>hola</p>
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y > /dev/null
npm install --ignore-scripts --no-audit --no-fund --silent markdown-it@15.0.3 commonmark@0.31.2
cat > finding.mjs <<'JS'
import { readFileSync } from 'node:fs';
import * as commonmark from 'commonmark';
import MarkdownIt from 'markdown-it';

const preset = new MarkdownIt('commonmark');
const reference = (text) => new commonmark.HtmlRenderer().render(new commonmark.Parser().parse(text));
const list = (depth) => Array.from({ length: depth }, (_, at) => `${'  '.repeat(at)}- ${at === depth - 1 ? 'hola' : 'x'}`).join('\n');
const quote = (depth) => `${'> '.repeat(depth)}hola`;
const rows = [
  ['list, 9 deep', list(9), true],
  ['list, 10 deep', list(10), false],
  ['quote, 19 deep', quote(19), true],
  ['quote, 20 deep', quote(20), false],
].map(([name, text, shown]) => ({ name, shown, here: preset.render(text).includes('hola'), there: reference(text).includes('hola') }));

const { version } = JSON.parse(readFileSync('node_modules/markdown-it/package.json', 'utf8'));
console.log('markdown-it', version, "preset 'commonmark', Node", process.versions.node);
for (const { name, here, there } of rows)
  console.log(name.padEnd(15), 'markdown-it', here ? 'shows the word' : 'leaves it out ', ' commonmark', there ? 'shows it' : 'leaves it out');
const same = rows.every(({ shown, here, there }) => here === shown && there);
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.mjs
