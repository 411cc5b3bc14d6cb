import GitBranch from '@lucide/svelte/icons/git-branch';
import Scale from '@lucide/svelte/icons/scale';
import Store from '@lucide/svelte/icons/store';
import type { ConsolePlace } from '#console/console-places.js';

export const places: readonly ConsolePlace[] = [
  {
    order: 40,
    path: '/versions',
    label: { es: 'Reglas y versiones', en: 'Rules and versions' },
    text: {
      es: 'Prepara un cambio de reglas, pruébalo y publícalo con aviso.',
      en: 'Prepare a change of rules, try it, and publish it with notice.',
    },
    icon: GitBranch,
    needs: 'drafts.read',
  },
  {
    order: 60,
    path: '/legal',
    label: { es: 'Textos legales', en: 'Legal texts' },
    text: {
      es: 'Las condiciones y el aviso de privacidad que acepta quien se une.',
      en: 'The terms and the privacy notice that people accept when they join.',
    },
    icon: Scale,
    needs: 'programs.write',
  },
  {
    order: 90,
    path: '/brands',
    label: { es: 'Marcas y tiendas', en: 'Brands and shops' },
    text: {
      es: 'En nombre de quién hablan tus claves, para que cada tienda lleve su numeración.',
      en: 'For whom your keys speak, so that each shop has numbers of its own.',
    },
    icon: Store,
    needs: 'programs.write',
  },
];
