import type { Component } from 'svelte';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import Coffee from '@lucide/svelte/icons/coffee';
import Gift from '@lucide/svelte/icons/gift';
import Heart from '@lucide/svelte/icons/heart';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import Megaphone from '@lucide/svelte/icons/megaphone';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Star from '@lucide/svelte/icons/star';
import Store from '@lucide/svelte/icons/store';
import Trophy from '@lucide/svelte/icons/trophy';
import type { CategoryColor, CategoryIcon } from '@verbena/shared/forums/category.js';

type Icon = Component<{ size?: number; class?: string }>;

/** What is drawn for each icon; its name stands beside it. */
export const CATEGORY_ICONS: Readonly<Record<CategoryIcon, Icon>> = {
  talk: MessagesSquare,
  question: CircleQuestionMark,
  news: Megaphone,
  idea: Lightbulb,
  gift: Gift,
  calendar: CalendarDays,
  heart: Heart,
  coffee: Coffee,
  store: Store,
  help: LifeBuoy,
  trophy: Trophy,
  star: Star,
};

/** Each colour as an icon on its own tint: 4.5 : 1 or better in both themes. */
export const CATEGORY_COLORS: Readonly<Record<CategoryColor, string>> = {
  indigo: 'bg-tint-indigo text-indigo',
  amber: 'bg-tint-accent text-warning',
  green: 'bg-tint-ok text-ok',
  red: 'bg-tint-danger text-danger',
  blue: 'bg-tint-info text-info',
};
