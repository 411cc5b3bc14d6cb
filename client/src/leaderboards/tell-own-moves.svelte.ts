import { untrack } from 'svelte';
import type { BoardPage } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { announce } from '#lib/ui/announce.js';
import { locale } from '#lib/words/locale.svelte.js';
import type { Names } from '#programs/names.js';
import { describeMember } from './describe-member.js';
import { noteOwnRank, watchOwnMoves } from './own-moves.js';
import type { OwnMoves } from './own-moves.js';

/** Tells a screen reader when the reader's own rank changes, and of nobody else's. Called while a component is made. */
export function tellOwnMoves(shown: () => BoardPage | undefined, names: () => Names): void {
  let moves: OwnMoves | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(page: BoardPage): void {
    const rank = page.me?.rank ?? null;
    const noted = moves === undefined ? undefined : noteOwnRank(moves, rank, Date.now());
    moves = noted ?? watchOwnMoves(rank);
    clearTimeout(timer);
    if (moves.dueAtMs !== undefined) timer = setTimeout(() => lookAgain(), moves.dueAtMs - Date.now());
    if (noted?.tell === true && rank !== null) announce(describe(page, rank));
  }

  function lookAgain(): void {
    const page = shown();
    if (page) look(page);
  }

  function describe({ me, currency }: BoardPage, rank: number): string {
    const words = locale.area('boards');
    const place = words.me.spoken({ rank }, locale.format);
    const next = me?.toNext ?? null;
    if (next === null) return place;
    const points = names().points(currency, next.points);
    return `${place}. ${words.me.toNext({ points, plural: next.points !== 1, name: describeMember(next, words) })}`;
  }

  $effect(() => {
    const page = shown();
    if (page) untrack(() => look(page));
  });
  $effect(() => () => clearTimeout(timer));
}
