import ListChecks from '@lucide/svelte/icons/list-checks';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 30,
    path: '/approvals',
    label: { es: 'Aprobaciones', en: 'Approvals' },
    text: {
      es: 'Lo que alguien quiere dar a mano y espera la decisión de una segunda persona.',
      en: 'What somebody wants to give by hand that waits for a second person to decide.',
    },
    icon: ListChecks,
    needs: 'points.give',
  },
];
