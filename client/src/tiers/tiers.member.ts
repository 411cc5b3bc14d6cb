import Gem from '@lucide/svelte/icons/gem';
import type { MemberPlace } from '#members/shell-places.js';

export const places: readonly MemberPlace[] = [
  {
    order: 20,
    address: (program) => `/${program}/tiers`,
    label: { es: 'Categorías', en: 'Tiers' },
    icon: Gem,
  },
];
