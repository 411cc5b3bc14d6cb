import Users from '@lucide/svelte/icons/users';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 10,
    path: '/members',
    label: { es: 'Socios', en: 'Members' },
    text: {
      es: 'Busca a un socio, mira de dónde sale cada punto y ayúdale.',
      en: 'Find a member, see where each point comes from, and help.',
    },
    icon: Users,
    needs: 'members.read',
  },
];
