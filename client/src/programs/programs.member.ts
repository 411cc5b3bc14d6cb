import ScrollText from '@lucide/svelte/icons/scroll-text';
import type { MemberPlace } from '#members/shell-places.js';

export const places: readonly MemberPlace[] = [
  {
    order: 40,
    address: (program) => `/${program}/rules`,
    label: { es: 'Reglas', en: 'Rules' },
    icon: ScrollText,
  },
];
