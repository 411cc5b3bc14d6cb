import * as z from 'zod/mini';
import { ROLES } from '#platform/manifest.js';

/** A login's role in one program. A member's own data need no permission (`ownOr`); a brand is a key, never a role. */
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
