import type { Component } from 'svelte';
import Award from '@lucide/svelte/icons/award';
import ChartNoAxesColumn from '@lucide/svelte/icons/chart-no-axes-column';
import Gem from '@lucide/svelte/icons/gem';
import House from '@lucide/svelte/icons/house';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Target from '@lucide/svelte/icons/target';
import UserRound from '@lucide/svelte/icons/user-round';
import UserRoundPlus from '@lucide/svelte/icons/user-round-plus';
import Wallet from '@lucide/svelte/icons/wallet';
import type { Words } from '#lib/words/es.js';

/** A place that the menu leads to. */
export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: Component<{ size?: number; 'aria-hidden'?: 'true' }>;
  /** The page that is open, or one below it. */
  readonly isHere: boolean;
  /** It stands in the bar of a phone; the others lie behind "more". */
  readonly isInBar: boolean;
}

export interface WhatThereIs {
  /** The program rewards invitations. */
  readonly hasReferrals: boolean;
  /** The member also works for the program. */
  readonly isStaff: boolean;
}

/** The places of a program's menu, in order, of which only those that lead somewhere. */
export function listPlaces(
  slug: string,
  path: string,
  words: Words['shell'],
  { hasReferrals, isStaff }: WhatThereIs,
): readonly Place[] {
  const home = `/${slug}`;
  const place = (below: string, label: string, icon: Place['icon'], isInBar = false): Place => {
    const href = `${home}/${below}`;
    return { href, label, icon, isInBar, isHere: path === href || path.startsWith(`${href}/`) };
  };
  return [
    { href: home, label: words.home, icon: House, isHere: path === home, isInBar: true },
    place('missions', words.missions, Target, true),
    place('boards', words.boards, ChartNoAxesColumn, true),
    place('wallet', words.wallet, Wallet, true),
    place('badges', words.badges, Award),
    place('tiers', words.tiers, Gem),
    ...(hasReferrals ? [place('invite', words.invite, UserRoundPlus)] : []),
    place('rules', words.rules, ScrollText),
    place('me', words.profile, UserRound),
    ...(isStaff
      ? [{ href: `/console/${slug}`, label: words.console, icon: LayoutDashboard, isHere: false, isInBar: false }]
      : []),
  ];
}
