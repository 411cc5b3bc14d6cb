import type { Component } from 'svelte';
import type { Permission } from '@verbena/shared/identity/permissions.js';
import type { InBoth } from '@verbena/shared/platform/manifest.js';

/** A staff page that the navigation leads to. Its module exports a list of them, `places`, from `<module>.console.ts`. */
export interface ConsolePlace {
  /** The navigation and the overview go by it, the lowest first. */
  readonly order: number;
  /** Below the console's address. */
  readonly path: string;
  readonly label: InBoth<string>;
  /** What the page is for, on the overview; a place without it does not stand there. */
  readonly text?: InBoth<string>;
  readonly icon: Component<{ size?: number; class?: string }>;
  /** Who may not do this does not see it. */
  readonly needs?: Permission;
}

const found = import.meta.glob<readonly ConsolePlace[]>('/src/*/*.console.ts', { eager: true, import: 'places' });

/** Every staff page that the navigation leads to, in its order. Fetched with the console, beside its first page. */
export const CONSOLE_PLACES: readonly ConsolePlace[] = Object.values(found)
  .flat()
  .sort((a, b) => a.order - b.order);
