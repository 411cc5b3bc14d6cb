import ScrollText from '@lucide/svelte/icons/scroll-text';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
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
