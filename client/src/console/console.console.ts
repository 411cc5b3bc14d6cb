import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import type { ConsolePlace } from './console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 0,
    path: '',
    label: { es: 'Resumen', en: 'Overview' },
    icon: LayoutDashboard,
  },
  {
    order: 70,
    path: '/audit',
    label: { es: 'Registro de cambios', en: 'Change log' },
    text: {
      es: 'Quién cambió qué, cuándo, y cómo estaba antes.',
      en: 'Who changed what, when, and what it was before.',
    },
    icon: ScrollText,
    needs: 'audit.read',
  },
];
