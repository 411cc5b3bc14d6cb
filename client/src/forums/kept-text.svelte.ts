import { makeKey } from '#activities/fresh-key.js';
import { session } from '#lib/api/session.svelte.js';

/** What is kept of a text until it was sent. */
interface Kept {
  readonly text: string;
  readonly title: string;
  readonly key: string;
}

/**
 * What somebody is writing at one place, kept for this tab until it was sent, with the key that it is sent under: a try that got no
 * answer, a double click and a reload are one post.
 */
export class KeptText {
  text = $state('');
  /** Of a thread; empty for an answer. */
  title = $state('');
  readonly #place: string;
  #key: string;

  /** @param place of what it is: `/verbena/forum/t/…` */
  constructor(place: string) {
    this.#place = `verbena:text:${session.me?.id ?? ''}:${place}`;
    const kept = this.#read();
    this.text = kept?.text ?? '';
    this.title = kept?.title ?? '';
    this.#key = kept?.key ?? makeKey('post');
    $effect(() => this.#keep({ text: this.text, title: this.title, key: this.#key }));
  }

  get key(): string {
    return this.#key;
  }

  /** It was sent, or its key turned out to belong to other words: what comes next is something else. */
  renewKey(): void {
    this.#key = makeKey('post');
    this.#keep({ text: this.text, title: this.title, key: this.#key });
  }

  sent(): void {
    this.text = '';
    this.title = '';
    this.renewKey();
  }

  #read(): Kept | undefined {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(this.#place) ?? 'null');
      return isKept(kept) ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  #keep(kept: Kept): void {
    try {
      if (kept.text === '' && kept.title === '') sessionStorage.removeItem(this.#place);
      else sessionStorage.setItem(this.#place, JSON.stringify(kept));
    } catch {
      // Storage may be refused; the text then stays until the page is left.
    }
  }
}

function isKept(kept: unknown): kept is Kept {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'text' in kept &&
    'title' in kept &&
    'key' in kept &&
    [kept.text, kept.title, kept.key].every((part) => typeof part === 'string')
  );
}
