import History from '@lucide/svelte/icons/history';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 50,
    path: '/undo',
    label: { es: 'Correcciones', en: 'Corrections' },
    text: {
      es: 'Deshaz lo que dio una versión equivocada, con vista previa.',
      en: 'Undo what a wrong version gave, after seeing what it does.',
    },
    icon: History,
    needs: 'drafts.read',
  },
];
