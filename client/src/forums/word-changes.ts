/** Words that stayed, came or went. */
export interface WordChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** So many pairs of words are compared; longer texts read as replaced where they differ. */
const PAIRS_MAX = 1_000_000;

/** What changed from one text to the next, word by word: by their longest common sequence, within what differs at all. */
export function changesOf(before: string, after: string): WordChange[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  )
    tail += 1;
  const changes = [
    ...old.slice(0, head).map((text): WordChange => ({ kind: 'same', text })),
    ...between(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...old.slice(old.length - tail).map((text): WordChange => ({ kind: 'same', text })),
  ];
  return joined(changes);
}

/** Words, and what stands between them. */
function wordsOf(text: string): string[] {
  return text.match(/\s+|[^\s]+/g) ?? [];
}

function between(old: readonly string[], fresh: readonly string[]): WordChange[] {
  const all = (kind: WordChange['kind'], words: readonly string[]): WordChange[] =>
    words.map((text) => ({ kind, text }));
  if (old.length * fresh.length > PAIRS_MAX) return [...all('removed', old), ...all('added', fresh)];
  const width = fresh.length + 1;
  /** How long the longest common sequence is from each pair on. */
  const length = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => length[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      length[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: WordChange[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      changes.push({ kind: 'same', text: old[i++] ?? '' });
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) changes.push({ kind: 'removed', text: old[i++] ?? '' });
    else changes.push({ kind: 'added', text: fresh[j++] ?? '' });
  }
  return [...changes, ...all('removed', old.slice(i)), ...all('added', fresh.slice(j))];
}

function joined(changes: readonly WordChange[]): WordChange[] {
  const runs: WordChange[] = [];
  for (const { kind, text } of changes) {
    const last = runs.at(-1);
    if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text };
    else runs.push({ kind, text });
  }
  return runs;
}
