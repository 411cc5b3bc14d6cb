import MessagesSquare from '@lucide/svelte/icons/messages-square';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 17,
    path: '/forum',
    label: { es: 'Foro', en: 'Forum' },
    text: {
      es: 'Sus secciones, y quién lee y escribe en cada una.',
      en: 'Its categories, and who reads and writes in each.',
    },
    icon: MessagesSquare,
    needs: 'forum.manage',
  },
];
