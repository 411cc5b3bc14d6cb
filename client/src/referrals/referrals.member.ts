import UserRoundPlus from '@lucide/svelte/icons/user-round-plus';
import type { MemberPlace } from '#members/shell-places.js';

export const places: readonly MemberPlace[] = [
  {
    order: 30,
    address: (program) => `/${program}/invite`,
    label: { es: 'Invita', en: 'Invite' },
    icon: UserRoundPlus,
    isThere: ({ definitions }) => (definitions?.referrals.length ?? 0) > 0,
  },
];
