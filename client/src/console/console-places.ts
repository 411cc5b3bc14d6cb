import type { Component } from 'svelte';
import Activity from '@lucide/svelte/icons/activity';
import ClipboardPen from '@lucide/svelte/icons/clipboard-pen';
import GitBranch from '@lucide/svelte/icons/git-branch';
import History from '@lucide/svelte/icons/history';
import KeyRound from '@lucide/svelte/icons/key-round';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Mail from '@lucide/svelte/icons/mail';
import Scale from '@lucide/svelte/icons/scale';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Store from '@lucide/svelte/icons/store';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Users from '@lucide/svelte/icons/users';
import type { Permission } from '@verbena/shared/identity/permissions.js';
import type { ConsoleWords } from './console.es.js';

export interface ConsolePlace {
  /** Below the console's address. */
  readonly path: string;
  readonly label: keyof ConsoleWords['places'];
  readonly icon: Component<{ size?: number; class?: string }>;
  /** Who may not do this does not see it. */
  readonly needs?: Permission;
}

/** Every staff page that the navigation leads to, in its order. */
export const CONSOLE_PLACES: readonly ConsolePlace[] = [
  { path: '', label: 'overview', icon: LayoutDashboard },
  { path: '/members', label: 'members', icon: Users, needs: 'members.read' },
  { path: '/activities', label: 'activities', icon: ClipboardPen, needs: 'points.give' },
  { path: '/approvals', label: 'approvals', icon: ListChecks, needs: 'points.give' },
  { path: '/versions', label: 'versions', icon: GitBranch, needs: 'drafts.read' },
  { path: '/undo', label: 'undo', icon: History, needs: 'drafts.read' },
  { path: '/legal', label: 'legal', icon: Scale, needs: 'programs.write' },
  { path: '/audit', label: 'audit', icon: ScrollText, needs: 'audit.read' },
  { path: '/mail', label: 'mail', icon: Mail, needs: 'mails.read' },
  { path: '/brands', label: 'brands', icon: Store, needs: 'programs.write' },
  { path: '/keys', label: 'keys', icon: KeyRound, needs: 'keys.manage' },
  { path: '/health', label: 'health', icon: Activity },
  { path: '/security', label: 'security', icon: ShieldCheck },
];
