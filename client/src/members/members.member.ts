import UserRound from '@lucide/svelte/icons/user-round';
import type { MemberPlace } from './shell-places.js';

export const places: readonly MemberPlace[] = [
  {
    order: 50,
    address: (program) => `/${program}/me`,
    label: { es: 'Perfil', en: 'Profile' },
    icon: UserRound,
  },
];
