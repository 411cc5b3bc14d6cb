import type { Component } from 'svelte';
import ChartNoAxesColumn from '@lucide/svelte/icons/chart-no-axes-column';
import House from '@lucide/svelte/icons/house';
import Target from '@lucide/svelte/icons/target';
import Wallet from '@lucide/svelte/icons/wallet';
import type { Role } from '@verbena/shared/identity/role.js';
import type { InBoth } from '@verbena/shared/platform/manifest.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { locale } from '#lib/words/locale.svelte.js';

type Icon = Component<{ size?: number; 'aria-hidden'?: 'true' }>;

/** A place behind the first ones of a member's menu. Its module exports a list of them, `places`, from `<module>.member.ts`. */
export interface MemberPlace {
  /** The menu goes by it, the lowest first. */
  readonly order: number;
  readonly address: (program: string) => string;
  readonly label: InBoth<string>;
  readonly icon: Icon;
  /** Whether it leads anywhere; without it, always. */
  readonly isThere?: (there: WhatThereIs) => boolean;
}

export interface WhatThereIs {
  /** What is in force in the program, once it was read. */
  readonly definitions: Definitions | undefined;
  /** What the member is in the program; undefined once nobody is logged in. */
  readonly role: Role | undefined;
}

/** A place that the menu leads to. */
export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  /** The page that is open, or one below it. */
  readonly isHere: boolean;
  /** It stands in the bar of a phone; the others lie behind "more". */
  readonly isInBar: boolean;
}

/**
 * The places of a program's menu, in order, of which only those that lead somewhere. The first ones, those of a phone's bar,
 * come with the shell.
 */
export function listPlaces(
  program: string,
  path: string,
  further: readonly MemberPlace[],
  there: WhatThereIs,
): readonly Place[] {
  const words = locale.words.shell;
  const home = `/${program}`;
  const place = (href: string, label: string, icon: Icon, isInBar = true): Place => {
    return { href, label, icon, isInBar, isHere: path === href || (href !== home && path.startsWith(`${href}/`)) };
  };
  return [
    place(home, words.home, House),
    place(`${home}/missions`, words.missions, Target),
    place(`${home}/boards`, words.boards, ChartNoAxesColumn),
    place(`${home}/wallet`, words.wallet, Wallet),
    ...further
      .filter(({ isThere }) => isThere?.(there) ?? true)
      .map(({ address, label, icon }) => place(address(program), locale.choose(label), icon, false)),
  ];
}
