import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import type { MemberPlace } from '#members/shell-places.js';

export const places: readonly MemberPlace[] = [
  {
    order: 60,
    address: (program) => `/console/${program}`,
    label: { es: 'Consola', en: 'Console' },
    icon: LayoutDashboard,
    isThere: ({ role }) => role === 'manager' || role === 'owner',
  },
];
