import MessagesSquare from '@lucide/svelte/icons/messages-square';
import type { MemberPlace } from '#members/shell-places.js';

export const places: readonly MemberPlace[] = [
  {
    order: 5,
    address: (program) => `/${program}/forum`,
    label: { es: 'Foro', en: 'Forum' },
    icon: MessagesSquare,
  },
];
