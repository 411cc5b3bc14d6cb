import ClipboardPen from '@lucide/svelte/icons/clipboard-pen';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 20,
    path: '/activities',
    label: { es: 'Anotar a mano', en: 'Record by hand' },
    text: {
      es: 'Apunta lo que la caja no registró. Queda tu motivo, y se puede deshacer durante 24 horas.',
      en: 'Write down what the till missed. Your reason stays with it, and it can be undone for 24 hours.',
    },
    icon: ClipboardPen,
    needs: 'points.give',
  },
];
