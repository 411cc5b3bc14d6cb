import KeyRound from '@lucide/svelte/icons/key-round';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 100,
    path: '/keys',
    label: { es: 'Claves de API', en: 'API keys' },
    text: {
      es: 'Lo que usan tus cajas y tu web para enviar actividades.',
      en: 'What your tills and your website use to send activities.',
    },
    icon: KeyRound,
    needs: 'keys.manage',
  },
  {
    order: 120,
    path: '/security',
    label: { es: 'Seguridad', en: 'Security' },
    text: {
      es: 'El código de tu móvil, que se pide antes de dar puntos.',
      en: 'The code on your phone, asked for before points are given.',
    },
    icon: ShieldCheck,
  },
];
