import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import type { ConsolePlace } from './console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 0,
    path: '',
    label: { es: 'Resumen', en: 'Overview' },
    icon: LayoutDashboard,
  },
];
