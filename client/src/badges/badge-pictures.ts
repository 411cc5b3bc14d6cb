import Award from '@lucide/svelte/icons/award';
import Compass from '@lucide/svelte/icons/compass';
import Crown from '@lucide/svelte/icons/crown';
import Flame from '@lucide/svelte/icons/flame';
import Gift from '@lucide/svelte/icons/gift';
import Heart from '@lucide/svelte/icons/heart';
import ShoppingBasket from '@lucide/svelte/icons/shopping-basket';
import Star from '@lucide/svelte/icons/star';
import type { BadgePicture } from '@verbena/shared/badges/badge.js';

/** How each picture of a badge is drawn. */
export const BADGE_PICTURES = {
  award: Award,
  basket: ShoppingBasket,
  compass: Compass,
  crown: Crown,
  flame: Flame,
  gift: Gift,
  heart: Heart,
  star: Star,
} satisfies Record<BadgePicture, unknown>;
