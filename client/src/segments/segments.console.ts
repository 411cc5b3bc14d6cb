import UsersRound from '@lucide/svelte/icons/users-round';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 15,
    path: '/segments',
    label: { es: 'Segmentos', en: 'Segments' },
    text: {
      es: 'Grupos de socios con nombre, por una condición o en una lista.',
      en: 'Groups of members with a name, by a condition or on a list.',
    },
    icon: UsersRound,
    needs: 'segments.manage',
  },
];
