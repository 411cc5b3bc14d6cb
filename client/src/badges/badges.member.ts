import Award from '@lucide/svelte/icons/award';
import type { MemberPlace } from '#members/shell-places.js';

export const places: readonly MemberPlace[] = [
  {
    order: 10,
    address: (program) => `/${program}/badges`,
    label: { es: 'Insignias', en: 'Badges' },
    icon: Award,
  },
];
