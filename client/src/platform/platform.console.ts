import Activity from '@lucide/svelte/icons/activity';
import Mail from '@lucide/svelte/icons/mail';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 80,
    path: '/mail',
    label: { es: 'Correo', en: 'Mail' },
    text: {
      es: 'Los mensajes que el programa ha escrito, y los que no han salido.',
      en: 'The messages that the program wrote, and those that did not leave.',
    },
    icon: Mail,
    needs: 'mails.read',
  },
  {
    order: 110,
    path: '/health',
    label: { es: 'Estado', en: 'Health' },
    text: {
      es: 'Cómo está cada parte y qué sigue funcionando si una falla.',
      en: 'How each part is doing, and what still works when one fails.',
    },
    icon: Activity,
  },
];
